/** Pages of the manager's list and the counts of its tabs: each condition has its index. */
import type pg from 'pg';
import { FAILED_STATES, NO_PROGRESS_MS } from '../../machines/conversation/stuck.ts';
import type { ConversationCounts, ConversationSummary } from '../api/schemas.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type ConversationRow, SUMMARY_SELECT, summaryView } from './rows.ts';
import type { ListQuery, Page } from './views-api.ts';

/** A tab's count goes no further: "1000" then reads "1000 or more" (G10). */
export const MAX_COUNT = 1000;

/**
 * SQL: ids of conversations that stand still, as `isStuck` (machines/conversation/stuck.ts) says it. `since` and
 * `failed` are placeholders: a moment in ms, and the failed states. Each part reads a partial index of few rows or a
 * range of one.
 */
const stuckIds = (since: string, failed: string): string => `(
  select actor_id from mailbox where parked_at is not null and applied_seq is null
  union select actor_id from outbox where status = 'parked'
  union select conversation_id from conversation where state_paths && ${failed}::text[]
  union select conversation_id from conversation where owner = 'bot' and waiting_since < ${since}::bigint)`;

/**
 * Who waits longest for us first, then newest activity. `now`: ms since the epoch, for who stands still. Throws
 * {@link BadCursor} (views-api.ts).
 */
export const listConversations = async (
  pool: pg.Pool,
  query: ListQuery,
  now: number,
): Promise<Page<ConversationSummary>> => {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (query.owner) conditions.push(`c.owner = ${add(query.owner)}`);
  if (query.language) conditions.push(`c.language = ${add(query.language)}`);
  if (query.state) conditions.push(`c.state_paths @> array[${add(query.state)}]`);
  if (query.waiting !== undefined) conditions.push(`c.waiting_since is ${query.waiting ? 'not ' : ''}null`);
  if (query.stuck !== undefined) {
    const ids = stuckIds(add(now - NO_PROGRESS_MS), add(FAILED_STATES));
    conditions.push(`c.conversation_id ${query.stuck ? '' : 'not '}in ${ids}`);
  }
  if (query.q) {
    const words = add(query.q.toLowerCase().replace(/[\\%_]/g, '\\$&'));
    conditions.push(`c.search like '%' || ${words} || '%'`);
  }
  if (query.cursor) {
    const [rank, id] = decodeCursor(query.cursor);
    conditions.push(`(c.sort_rank, c.conversation_id) > (${add(rank)}::bigint, ${add(id)})`);
  }
  const { rows } = await pool.query<ConversationRow>(
    `${SUMMARY_SELECT} ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by c.sort_rank, c.conversation_id limit ${add(query.limit + 1)}`,
    values,
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(summaryView),
    next:
      rows.length > query.limit && last ? encodeCursor([Number(last.sort_rank), last.conversation_id]) : null,
  };
};

const COUNTED = `(select count(*)::int from (select from conversation where`;

const COUNTS_SQL = `select
  ${COUNTED} true limit $1) as t) as "all",
  ${COUNTED} owner in ('waiting', 'manager') limit $1) as t) as needs,
  ${COUNTED} owner = 'bot' and waiting_since is not null limit $1) as t) as bot,
  ${COUNTED} owner in ('bot', 'waiting', 'manager') and waiting_since is null limit $1) as t) as customer,
  ${COUNTED} conversation_id in ${stuckIds('$2', '$3')} limit $1) as t) as stuck`;

/** How many conversations each tab holds, none counted beyond {@link MAX_COUNT}. `now`: ms since the epoch. */
export const countConversations = async (pool: pg.Pool, now: number): Promise<ConversationCounts> => {
  const { rows } = await pool.query<Omit<ConversationCounts, 'max'>>(COUNTS_SQL, [
    MAX_COUNT,
    now - NO_PROGRESS_MS,
    FAILED_STATES,
  ]);
  return { all: 0, needs: 0, bot: 0, customer: 0, stuck: 0, ...rows[0], max: MAX_COUNT };
};
