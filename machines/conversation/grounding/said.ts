/** Whether the customer has read these very words from us already: a repeat sounds like a machine (lesson F-22). */
import { fold } from '../../language/fold.ts';
import type { ConversationContext } from '../context.ts';

const plain = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Thanks and the like are said as often as they fit. */
const SHORT_CHARS = 40;

export const wasSaid = ({ dialogue }: Pick<ConversationContext, 'dialogue'>, text: string): boolean => {
  const words = plain(text);
  return (
    words.length >= SHORT_CHARS && dialogue.some((line) => line.from === 'bot' && plain(line.text) === words)
  );
};
