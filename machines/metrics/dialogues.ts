/** Cuts a conversation into dialogues (domain 22: "conversations") and measures each. Pure: `now` is given. */
import type { By, Dialogue, Said } from './record.ts';

const HOUR_MS = 3_600_000;
/** `[R]` A customer who writes after so long a silence of both sides begins another dialogue. */
export const DIALOGUE_GAP_MS = 7 * 24 * HOUR_MS;
/** Domain 3.4: a dialogue that we answered last is over after so long. */
export const SILENCE_MS = 3 * HOUR_MS;
/** A resolution that held so long is durable. */
export const DURABLE_MS = 7 * 24 * HOUR_MS;

/** What the journal adds; each is a fact with its time. */
export interface Marks {
  /** A person was called or took over. */
  readonly persons: readonly number[];
  readonly closed: readonly number[];
  /** Something was chosen, or a need was said. */
  readonly demand: readonly number[];
  readonly touches: readonly number[];
  readonly languageAt: (at: number) => string;
  readonly segmentAt: (at: number) => string | null;
}

/** A dialogue while it is read. */
interface Stretch {
  readonly said: Said[];
  lastAt: number;
  startedAt: number | null;
}

/** Stretches in which the customer wrote; what we write first after a gap belongs to the answer it gets. */
const stretchesOf = (said: readonly Said[]): readonly Stretch[] => {
  const all: Stretch[] = [];
  for (const message of said) {
    let stretch = all.at(-1);
    if (!stretch || message.at - stretch.lastAt >= DIALOGUE_GAP_MS) {
      stretch = { said: [], lastAt: message.at, startedAt: null };
      all.push(stretch);
    }
    stretch.said.push(message);
    stretch.lastAt = Math.max(stretch.lastAt, message.at);
    if (message.from === 'customer') stretch.startedAt ??= message.at;
  }
  return all.filter(({ startedAt }) => startedAt !== null);
};

interface Replies {
  readonly bot: number[];
  readonly manager: number[];
  firstMs: number | null;
  firstBy: 'bot' | 'manager' | null;
  /** When the oldest message that nobody answered was written. */
  waitingSince: number | null;
}

/** Domain 22 "response time", from the first unanswered message of a burst; a holding message is no answer. */
const repliesOf = (said: readonly Said[]): Replies => {
  const replies: Replies = { bot: [], manager: [], firstMs: null, firstBy: null, waitingSince: null };
  for (const { from, at, holding } of said) {
    if (from === 'customer') {
      replies.waitingSince ??= at;
      continue;
    }
    if (holding || replies.waitingSince === null) continue;
    const ms = Math.max(0, at - replies.waitingSince);
    replies[from].push(ms);
    replies.firstMs ??= ms;
    replies.firstBy ??= from;
    replies.waitingSince = null;
  }
  return replies;
};

/** When it is over if nobody writes any more: closed, answered and silent, or left unanswered until another begins. */
const endOf = (lastAt: number, waiting: boolean, closed: readonly number[]): number => {
  const closedAt = closed.find((at) => at >= lastAt);
  return Math.min(closedAt ?? Number.POSITIVE_INFINITY, lastAt + (waiting ? DIALOGUE_GAP_MS : SILENCE_MS));
};

/** A customer's message that came when the dialogue had ended already. */
const wasReopened = (said: readonly Said[], closed: readonly number[]): boolean => {
  let [lastAt, waiting] = [Number.POSITIVE_INFINITY, false];
  for (const { from, at, holding } of said) {
    if (from === 'customer' && at > endOf(lastAt, waiting, closed)) return true;
    if (from === 'customer') waiting = true;
    else if (!holding) waiting = false;
    lastAt = at;
  }
  return false;
};

const within = (times: readonly number[], from: number, until: number): boolean =>
  times.some((at) => at >= from && at < until);

const startedBy = (stretch: Stretch, marks: Marks): By => {
  const first = stretch.said[0];
  if (!first || first.from === 'customer') return 'customer';
  // A touch is recorded when it is decided, moments before its message.
  const asJob = marks.touches.some((at) => Math.abs(at - first.at) < HOUR_MS);
  return first.from === 'bot' && asJob ? 'job' : first.from;
};

const count = (said: readonly Said[], from: Said['from']): number =>
  said.filter((message) => message.from === from).length;

const measured = (
  stretch: Stretch,
  next: Stretch | undefined,
  number: number,
  marks: Marks,
  now: number,
): Dialogue => {
  const { said, lastAt } = stretch;
  const startedAt = stretch.startedAt ?? lastAt;
  const until = next?.said[0]?.at ?? Number.POSITIVE_INFINITY;
  const begin = said[0]?.at ?? startedAt;
  const replies = repliesOf(said);
  const person = count(said, 'manager') > 0 || within(marks.persons, begin, until);
  const ended = endOf(lastAt, replies.waitingSince !== null, marks.closed) <= now;
  const involved = count(said, 'bot') > 0;
  const alone = ended && involved && !person && replies.waitingSince === null;
  return {
    number,
    startedAt,
    startedBy: startedBy(stretch, marks),
    lastAt,
    language: marks.languageAt(Math.min(until, lastAt + SILENCE_MS)),
    segment: marks.segmentAt(until),
    customerMessages: count(said, 'customer'),
    botMessages: count(said, 'bot'),
    managerMessages: count(said, 'manager'),
    firstAnswerMs: replies.firstMs,
    firstAnswerBy: replies.firstBy,
    botReplyMs: replies.bot,
    managerReplyMs: replies.manager,
    target: said.some(({ articles }) => articles.length > 0) || within(marks.demand, begin, until),
    involved,
    person,
    ended,
    alone,
    durable: lastAt + DURABLE_MS <= now ? alone : null,
    reopened: wasReopened(said, marks.closed),
  };
};

/** Oldest first. `now`, ms since the epoch: whether a dialogue is over depends on it. */
export const dialoguesOf = (said: readonly Said[], marks: Marks, now: number): readonly Dialogue[] => {
  const stretches = stretchesOf(said);
  return stretches.map((stretch, i) => measured(stretch, stretches[i + 1], i + 1, marks, now));
};

/** The next moment at which time alone changes something, ms since the epoch; null: nothing will. */
export const settlesAt = (said: readonly Said[], marks: Marks, now: number): number | null => {
  const last = stretchesOf(said).at(-1);
  if (!last) return null;
  const end = endOf(last.lastAt, repliesOf(last.said).waitingSince !== null, marks.closed);
  const moments = [end, last.lastAt + DURABLE_MS].filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
};
