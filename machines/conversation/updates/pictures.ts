/** What was seen on pictures joins the customer's words; what was not stays what it was. */
import type { LookAtInput, LookAtOutput } from '../actors.ts';
import type { ConversationContext } from '../context.ts';
import type { Update } from './update.ts';

/** The pictures and documents of the burst that nobody has looked at. */
export const picturesOf = (context: ConversationContext): LookAtInput['pictures'] =>
  context.pending.flatMap(({ messageId, kind, picture }) =>
    picture && (kind === 'image' || kind === 'document') ? [{ messageId, kind, ...picture }] : [],
  );

/** Put where a customer's words stand: something to search for, and nothing to obey. */
const wordsFor = (description: string, caption: string): string =>
  [`[the customer sent a picture of: ${description}]`, caption].filter((part) => part !== '').join(' ');

/** Every picture of the burst counts as looked at afterwards, whatever came of it. */
export const keepSeen = (context: ConversationContext, seen: LookAtOutput['seen']): Update => {
  const descriptions = new Map(seen.map((one) => [one.messageId, one.description]));
  let { dialogue } = context;
  const pending = context.pending.map((message) => {
    if (!message.picture) return message;
    const description = descriptions.get(message.messageId) ?? null;
    if (description === null) return { ...message, picture: null };
    const text = wordsFor(description, message.picture.caption);
    dialogue = dialogue.map((line) =>
      line.from === 'customer' && line.at === message.sentAt && line.text === message.text
        ? { ...line, text }
        : line,
    );
    return { ...message, text, picture: null };
  });
  return { pending, dialogue };
};
