/** What reviews would cost, before anybody is asked (domain 6.14). */
import type pg from 'pg';
import { usdAtMost } from '../../actors/model/job-limits.ts';
import { FORMS } from '../../actors/quality/reading-forms.ts';
import { type Extent, SIZES } from '../../machines/quality/transcript.ts';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { DueReview } from './due-reviews.ts';

/** Instructions, rules and the answer's form, which go with each dialogue. */
const INSTRUCTION_CHARS = 6000;
/** `Assistant: ` and the line's end. */
const LINE_CHARS = 12;
/** Readings whose price is taken for that of the next one. */
const RECENT = 100;

export interface CostQuestion {
  readonly scope: ReviewScope;
  readonly due: readonly Pick<DueReview, 'conversationId' | 'until'>[];
  readonly readings: number;
  readonly extent: Extent;
  readonly model: string;
  /** When the business day began, ms since the epoch. */
  readonly dayBeganAt: number;
  /** Plain decimal US dollars: of this scope, and of all reviews. */
  readonly scopeUsd: string;
  readonly allUsd: string;
}

export interface Cost {
  /** Plain decimal US dollars; null: nothing like it was paid yet. */
  readonly likelyUsd: string | null;
  readonly mostUsd: string;
  readonly leftUsd: string;
}

/** Characters shown of each dialogue, as far as a model may see it; follows the key of `message`. */
const CHARS_SQL = `select coalesce(sum(shown), 0)::float8 as chars from (
    select least($5::float8, sum(least(length(m.text), $3) + $4)) as shown
    from unnest($1::text[], $2::bigint[]) as due (id, until)
    join message m on m.conversation_id = due.id and m.at <= due.until and not m.deleted
      and m.sender in ('customer', 'bot', 'manager')
    group by due.id, due.until) as dialogues`;

const LIKELY_SQL = `select avg(cost)::text as usd from (
    select cost from quality_reading where scope = $1 and model = $2 and state = 'done' and cost is not null
    order by at desc limit ${RECENT}) as recent`;

const LEFT_SQL = `select greatest(0, least(
    $3::numeric - coalesce(sum(coalesce(cost, reserved_usd)) filter (where scope = $1), 0),
    $4::numeric - coalesce(sum(coalesce(cost, reserved_usd)), 0)))::text as usd
  from quality_reading where scope in ('bot', 'manager', 'flags') and at >= $2`;

/** Small models cost hundredths of a cent. */
const usd = (amount: number): string => amount.toFixed(6);

export const costOf = async (pool: pg.Pool, asked: CostQuestion): Promise<Cost> => {
  const { scope, due, readings, extent, model } = asked;
  const { opening, closing, chars } = SIZES[extent];
  const longest = (opening + closing) * (chars + LINE_CHARS);
  const [shown, likely, left] = await Promise.all([
    pool.query<{ chars: number }>(CHARS_SQL, [
      due.map(({ conversationId }) => conversationId),
      due.map(({ until }) => until),
      chars,
      LINE_CHARS,
      longest,
    ]),
    pool.query<{ usd: string | null }>(LIKELY_SQL, [scope, model]),
    pool.query<{ usd: string }>(LEFT_SQL, [scope, asked.dayBeganAt, asked.scopeUsd, asked.allUsd]),
  ]);
  const calls = due.length * readings;
  const average = likely.rows[0]?.usd ?? null;
  const inputs = (shown.rows[0]?.chars ?? 0) + due.length * INSTRUCTION_CHARS;
  return {
    likelyUsd: average === null ? null : usd(Number(average) * calls),
    mostUsd: usd(usdAtMost(inputs * readings, FORMS[scope].maxTokens * calls)),
    leftUsd: usd(Number(left.rows[0]?.usd ?? 0)),
  };
};
