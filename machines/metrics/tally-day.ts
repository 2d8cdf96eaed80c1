/** Sums up one business day. Pure: rows in, sums out. */
import { observe } from './histogram.ts';
import { type Counts, emptyTally, put, type Tally } from './tally.ts';

/** A dialogue that began on the day. */
export interface DialogueRow {
  readonly language: string;
  readonly segment: string | null;
  readonly started_by: string;
  /** `2026-03-01`, of the same customer's dialogue before, on any channel; null: the first one. */
  readonly previous_day: string | null;
  /** How many dialogues the customer had before. */
  readonly earlier: number;
  readonly messages: number;
  readonly first_answer_ms: number | null;
  readonly bot_reply_ms: readonly number[];
  readonly manager_reply_ms: readonly number[];
  readonly target: boolean;
  readonly involved: boolean;
  readonly person: boolean;
  readonly ended: boolean;
  readonly alone: boolean;
  readonly durable: boolean | null;
  readonly reopened: boolean;
}

/** What happened on the day, grouped; `amount` in hundredths. */
export interface HappenedRow {
  readonly kind: string;
  readonly key: string;
  readonly by: string;
  readonly n: number;
  readonly value: number;
  readonly amount: number;
  /** How many had an amount. */
  readonly priced: number;
}

const bump = (counts: Counts, key: string, by = 1): void => {
  const before = Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0;
  put(counts, key, before + by);
};

const addDialogue = (tally: Tally, row: DialogueRow): void => {
  tally.dialogues += 1;
  tally.target += Number(row.target);
  tally.involved += Number(row.involved);
  tally.person += Number(row.person);
  tally.ended += Number(row.ended);
  tally.endedInvolved += Number(row.ended && row.involved);
  tally.alone += Number(row.alone);
  tally.settled += Number(row.durable !== null && row.involved);
  tally.durable += Number(row.durable === true);
  tally.reopened += Number(row.reopened);
  tally.messages += row.messages;
  bump(tally.languages, row.language);
  bump(tally.segments, row.segment ?? '');
  bump(tally.startedBy, row.started_by);
  bump(tally.visits, row.previous_day ?? '');
  if (row.earlier === 1 && row.previous_day !== null) bump(tally.seconds, row.previous_day);
  if (row.first_answer_ms !== null) observe(tally.firstAnswer, row.first_answer_ms);
  for (const ms of row.bot_reply_ms) observe(tally.botReplies, ms);
  for (const ms of row.manager_reply_ms) observe(tally.managerReplies, ms);
};

export const tallyDay = (dialogues: readonly DialogueRow[], happened: readonly HappenedRow[]): Tally => {
  const tally = emptyTally();
  for (const row of dialogues) addDialogue(tally, row);
  for (const { kind, key, by, n, value, amount, priced } of happened) {
    tally.happened[kind] ??= {};
    const keys = tally.happened[kind];
    const before = Object.hasOwn(keys, key) ? keys[key] : undefined;
    put(
      keys,
      key,
      [n, value, amount, priced].map((part, i) => part + (before?.[i] ?? 0)),
    );
    tally.caused[kind] ??= {};
    bump(tally.caused[kind], by, n);
  }
  return tally;
};
