/** Which conversations the list shows and in what order: pure, so that the order can be tested without a page. */
import { isStuck } from '../../machines/conversation/stuck.ts';
import type { Summary } from '../api/types.ts';

export const TABS = ['all', 'needs', 'bot', 'customer', 'stuck'] as const;
export type Tab = (typeof TABS)[number];

export interface Filter {
  readonly tab: Tab;
  /** Trimmed, lower case. */
  readonly q: string;
  readonly language: 'any' | Summary['language'];
}

const moment = (at: string): number => Date.parse(at);

/** Who waits longest for us first, then newest activity: the order of `GET /conversations`. */
export const compareConversations = (left: Summary, right: Summary): number => {
  if (left.waitingSince !== null && right.waitingSince !== null) {
    const earlier = moment(left.waitingSince) - moment(right.waitingSince);
    if (earlier !== 0) return earlier;
  } else if (left.waitingSince !== null) return -1;
  else if (right.waitingSince !== null) return 1;
  const newer = moment(right.updatedAt) - moment(left.updatedAt);
  if (newer !== 0) return newer;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
};

/**
 * Does the conversation belong under this tab? A person is needed where a person was asked for or has taken it.
 *
 * @param now ms since the epoch: who waits too long for the assistant is stuck
 */
export const belongsTo = (tab: Tab, item: Summary, now: number): boolean => {
  if (tab === 'needs') return item.owner === 'waiting' || item.owner === 'manager';
  if (tab === 'bot') return item.owner === 'bot' && item.waitingSince !== null;
  if (tab === 'customer') return item.owner !== 'nobody' && item.waitingSince === null;
  return tab === 'stuck' ? isStuck(item, now) : true;
};

const digits = (text: string): string => text.replace(/\D/g, '');

/** The same fields the server searches: name, phone, last text. */
export const matchesQuery = (q: string, item: Summary): boolean => {
  if (q === '') return true;
  const number = digits(q);
  if (number.length >= 3 && digits(item.phone ?? item.chatId).includes(number)) return true;
  return [item.name, item.phone, item.lastMessage?.text].some(
    (text) => text?.toLowerCase().includes(q) === true,
  );
};

/**
 * Ids to show, in order.
 *
 * @param hits ids the server found for the query; it may know more than the row shows
 * @param now ms since the epoch
 */
export const orderedIds = (
  byId: ReadonlyMap<string, Summary>,
  filter: Filter,
  hits: ReadonlySet<string>,
  now: number,
): readonly string[] =>
  [...byId.values()]
    .filter((item) => belongsTo(filter.tab, item, now))
    .filter((item) => filter.language === 'any' || item.language === filter.language)
    .filter((item) => matchesQuery(filter.q, item) || hits.has(item.id))
    .sort(compareConversations)
    .map((item) => item.id);

/**
 * How many conversations would appear or stand elsewhere if the list moved now. Those that only slid because of
 * others are not counted: one newcomer on top is one change, not a change of everything below.
 *
 * @param touched ids that changed since the list was last put in order
 */
export const heldBack = (
  shown: readonly string[],
  wanted: readonly string[],
  touched: ReadonlySet<string>,
): number => {
  if (shown.length === wanted.length && shown.every((id, index) => id === wanted[index])) return 0;
  const here = new Set(shown);
  const there = new Set(wanted);
  const appeared = wanted.filter((id) => !here.has(id)).length;
  const left = shown.filter((id) => !there.has(id)).length;
  const stay = (ids: readonly string[], others: ReadonlySet<string>): readonly string[] =>
    ids.filter((id) => others.has(id));
  const before = stay(shown, there);
  const after = stay(wanted, here);
  const moved = [...touched].filter((id) => before.indexOf(id) !== after.indexOf(id)).length;
  return Math.max(1, appeared + left + moved);
};
