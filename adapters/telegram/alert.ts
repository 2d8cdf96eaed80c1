/** What an alert says to the managers (domain 8.5): enough to act, nothing that identifies the customer to a passer-by. */
import { createHash } from 'node:crypto';
import { cutEnd, cutStart, escapeHtml } from './html.ts';

export interface AlertContent {
  readonly alertId: string;
  /** Of domain 8.1; `null`: none of the eighteen. */
  readonly trigger: { readonly number: number; readonly name: string } | null;
  readonly reason: string;
  readonly summary?: string;
  /** Unset when the channel gives none. */
  readonly phone?: string;
  readonly conversationId: string;
  /** Oldest first, each with its speaker: `Customer: …`. */
  readonly lastLines: readonly string[];
  /** The conversation in the admin; must be https or http. */
  readonly link?: string;
}

/** Domain 8.5. */
export const LAST_LINES_CHARS = 500;
/** So that all parts together stay under Telegram's 4096 (G10). */
const REASON_CHARS = 300;
const SUMMARY_CHARS = 1200;
const NAME_CHARS = 100;
const LINK_CHARS = 500;
/** First and last characters that stay (domain 8.5). */
const HEAD_CHARS = 6;
const TAIL_CHARS = 4;

/**
 * First six characters, three stars, last four (domain 8.5). A text so short that this would tell all of it keeps its
 * last two.
 */
export const masked = (text: string): string =>
  text.length > HEAD_CHARS + TAIL_CHARS
    ? `${text.slice(0, HEAD_CHARS)}***${text.slice(-TAIL_CHARS)}`
    : `***${text.slice(-2)}`;

/**
 * A short name for an alert, the same for every try: with it a manager, and a reconciling operator, recognise a
 * message that a lost answer made the bot post twice (wire/00). The id itself holds the customer's number.
 */
export const alertMark = (alertId: string): string =>
  `#${createHash('sha256').update(`treejar-alert:${alertId}`).digest('hex').slice(0, 10)}`;

/** The newest lines that fit; the newest of all loses its beginning when it alone is too long. */
export const newestLines = (lines: readonly string[], max: number = LAST_LINES_CHARS): string => {
  const kept: string[] = [];
  let left = max;
  for (const line of lines.toReversed()) {
    if (line.length > left) break;
    kept.unshift(line);
    left -= line.length + 1;
  }
  const newest = lines.at(-1);
  return kept.length === 0 && newest !== undefined ? cutStart(newest, max) : kept.join('\n');
};

/** The alert as Telegram HTML, at most 4096 visible characters. Everything that people wrote is escaped. */
export const alertHtml = (content: AlertContent): string => {
  const hide = hider(content.phone ?? '', content.conversationId);
  const say = (text: string, max: number) => escapeHtml(cutEnd(hide(clean(text)), max));
  const { trigger } = content;
  const title = trigger ? `${trigger.number}. ${say(trigger.name, NAME_CHARS)}` : 'A manager is needed';
  const lines = escapeHtml(newestLines(content.lastLines.map((line) => hide(clean(line)))));
  return [
    `<b>${title}</b>`,
    content.reason ? say(content.reason, REASON_CHARS) : null,
    content.summary ? say(content.summary, SUMMARY_CHARS) : null,
    content.phone ? `Customer: ${escapeHtml(masked(content.phone))}` : null,
    `Conversation: <code>${escapeHtml(masked(content.conversationId))}</code>`,
    lines ? `<blockquote>${lines}</blockquote>` : null,
    isWebLink(content.link) ? `<a href="${escapeHtml(content.link)}">Open in the admin</a>` : null,
    `<code>${alertMark(content.alertId)}</code>`,
  ]
    .filter((part) => part !== null)
    .join('\n');
};

const isWebLink = (link: string | undefined): link is string =>
  link !== undefined && link.length <= LINK_CHARS && /^https?:\/\//.test(link);

/** NUL and lone surrogates make Telegram refuse the whole message. */
const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** Numbers shorter than this are house numbers and quantities. */
const PHONE_DIGITS_MIN = 7;

/** Masks the customer's own number wherever somebody wrote it, with whatever between its digits. */
const hider = (phone: string, conversationId: string): ((text: string) => string) => {
  const numbers = [phone, conversationId.split(':').at(-1) ?? '']
    .map((text) => text.replaceAll(/\D/g, ''))
    .filter((digits, i, all) => digits.length >= PHONE_DIGITS_MIN && all.indexOf(digits) === i);
  if (numbers.length === 0) return (text) => text;
  const spaced = numbers.map((digits) => [...digits].join('[\\s().-]{0,2}'));
  const pattern = new RegExp(`\\+?(?:${spaced.join('|')})`, 'g');
  return (text) => text.replaceAll(pattern, (found) => masked(found.replaceAll(/[^\d+]/g, '')));
};
