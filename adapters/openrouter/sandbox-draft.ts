/** The sandbox's model words a manager's draft: politely, with every figure as it was; it cannot translate. */
import type { Asked, Move } from './salesperson/salesperson.ts';

/** The draft is the last part of the user's message, after `Draft:`. */
export const worded = (asked: Asked): Move => {
  const text = asked.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const draft = text.slice(text.lastIndexOf('Draft:\n') + 'Draft:\n'.length).trim();
  const sentence = `${draft.slice(0, 1).toUpperCase()}${draft.slice(1)}`;
  const ended = /[.!?؟]$/.test(sentence) ? sentence : `${sentence}.`;
  const arabic = /[\u0600-\u06ff]/.test(draft);
  return { kind: 'say', text: arabic ? `${ended} نحن في خدمتك.` : `${ended} I am glad to help.` };
};
