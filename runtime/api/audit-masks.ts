/**
 * The audit as it is answered: an entry is kept whole, so that erasure finds it, and told without the customer's number,
 * which is what a conversation's id ends with. The audit is what gets exported and shown to others (domain 8.5, 24.4).
 */
import { masked } from '../../adapters/telegram/telegram.ts';
import type { AuditView } from './schemas.ts';

/** A conversation's id, alone or inside other text. */
const CONVERSATION = /\bwz:([^:\s"]{1,100}):([^\s"]{1,200})/g;

const withoutNumbers = (text: string): string =>
  text.replaceAll(CONVERSATION, (_, channel: string, chat: string) => `wz:${channel}:${masked(chat)}`);

/** The id of a dead letter is base64url of a list with the conversation's id in it (engine/dead-letters.ts). */
const LETTER = /^[\w-]{16,2000}$/;

const readLetter = (text: string): string | null => {
  const plain = LETTER.test(text) ? Buffer.from(text, 'base64url').toString('utf8') : '';
  return plain.startsWith('["event","wz:') || plain.startsWith('["command","wz:') ? plain : null;
};

const maskedText = (text: string): string => withoutNumbers(readLetter(text) ?? text);

/** Deeper than anything that is recorded (G10). */
const DEPTH_MAX = 20;

const maskedValue = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return maskedText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskedText(key), maskedValue(item, depth + 1)]),
  );
};

/** `wz:<channel>:971501***4567` for each conversation, in the target and in what changed. */
export const maskedAudit = (entry: AuditView): AuditView => ({
  ...entry,
  target: maskedText(entry.target),
  before: maskedValue(entry.before),
  after: maskedValue(entry.after),
});
