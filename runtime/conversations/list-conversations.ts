/** Pages of the manager's list and the counts of its tabs: each condition has its index. */
import type pg from 'pg';
import { FAILED_STATES, NO_PROGRESS_MS } from '../../machines/conversation/stuck.ts';
import { type ConversationCounts, type ConversationSummary, Language, Owner } from '../api/schemas.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type ConversationRow, SUMMARY_SELECT, summaryView } from './rows.ts';
import { rankOfWaiting, WAITING_BELOW } from './sort-rank.ts';
import type { ListQuery, Page } from './views-api.ts';

/** A tab's count goes no further: "1000" then reads "1000 or more" (G10). */
export const MAX_COUNT = 1000;

type Database = Pick<pg.Pool, 'query'>;
/** Keeps a value and answers its placeholder. */
type Add = (value: unknown) => string;

/** SQL: in any language, said aloud: what follows the language in `conversation_list` then bounds the range too. */
const ANY_LANGUAGE = `language in (${Language.literals.map((language) => `'${language}'`).join(', ')})`;

/**
 * SQL: ids of conversations that stand still, as `isStuck` (machines/conversation/stuck.ts) says it. `overdue` and
 * `failed` are placeholders: the rank of who has waited too long, and the failed states. Each part reads a partial
 * index of few rows or a range of one.
 */
const stuckIds = (overdue: string, failed: string): string => `(
  select actor_id from mailbox where parked_at is not null and applied_seq is null
  union select actor_id from outbox where status = 'parked'
  union select conversation_id from conversation where state_paths && ${failed}::text[]
  union select conversation_id from conversation
    where owner = 'bot' and ${ANY_LANGUAGE} and sort_rank < ${overdue}::bigint)`;

/** What every range of the page is held to, whoever owns the chat and whatever its language. */
const conditionsOf = (query: ListQuery, now: number, add: Add): string => {
  const conditions = ['true'];
  if (query.state) conditions.push(`c.state_paths @> array[${add(query.state)}]`);
  if (query.waiting !== undefined) {
    conditions.push(`c.sort_rank ${query.waiting ? '<' : '>='} ${add(WAITING_BELOW)}::bigint`);
  }
  if (query.stuck !== undefined) {
    const ids = stuckIds(add(rankOfWaiting(now - NO_PROGRESS_MS)), add(FAILED_STATES));
    conditions.push(`c.conversation_id ${query.stuck ? '' : 'not '}in ${ids}`);
  }
  if (query.q) {
    const words = add(query.q.toLowerCase().replace(/[\\%_]/g, '\\$&'));
    conditions.push(`c.conversation_id in (
      select conversation_id from conversation_search where words like '%' || ${words} || '%')`);
  }
  if (query.cursor) {
    const [rank, id] = decodeCursor(query.cursor);
    conditions.push(`(c.sort_rank, c.conversation_id) > (${add(rank)}::bigint, ${add(id)})`);
  }
  return conditions.join(' and ');
};

/** SQL: one range of the list in its order, no longer than a page. */
const rangeOf = (where: string, limit: string): string => `(
  select c.sort_rank, c.conversation_id from conversation c where ${where}
  order by c.sort_rank, c.conversation_id limit ${limit})`;

/**
 * SQL: the ranges that make up the page. With an owner or a language, each pair of both is read by itself: it is a range
 * of `conversation_list` in the list's own order, where a filter over that order could read everybody to find a few.
 */
const rangesOf = (query: ListQuery, conditions: string, limit: string, add: Add): string => {
  if (!query.owner && !query.language) return rangeOf(conditions, limit);
  const owners = query.owner ? [query.owner] : Owner.literals;
  const languages = query.language ? [query.language] : Language.literals;
  return owners
    .flatMap((owner) => languages.map((language) => [add(owner), add(language)] as const))
    .map(([owner, language]) =>
      rangeOf(`c.owner = ${owner} and c.language = ${language} and ${conditions}`, limit),
    )
    .join(' union all ');
};

/**
 * Who waits longest for us first, then newest activity. `now`: ms since the epoch, for who stands still. Throws
 * {@link BadCursor} (views-api.ts).
 */
export const listConversations = async (
  pool: Database,
  query: ListQuery,
  now: number,
): Promise<Page<ConversationSummary>> => {
  const values: unknown[] = [];
  const add: Add = (value) => `$${values.push(value)}`;
  const limit = add(query.limit + 1);
  const ranges = rangesOf(query, conditionsOf(query, now, add), limit, add);
  const { rows } = await pool.query<ConversationRow>(
    `with page as materialized (
       select conversation_id from (${ranges}) as ranges order by sort_rank, conversation_id limit ${limit})
     ${SUMMARY_SELECT} where c.conversation_id = any(array(select conversation_id from page))
     order by c.sort_rank, c.conversation_id`,
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

/** The order is no matter of the counts: it names the index to be read. */
const COUNTED = `(select count(*)::int from (select from conversation where`;

const COUNTS_SQL = `select
  ${COUNTED} true order by sort_rank, conversation_id limit $1) as t) as "all",
  ${COUNTED} owner in ('waiting', 'manager') limit $1) as t) as needs,
  ${COUNTED} owner = 'bot' and ${ANY_LANGUAGE} and sort_rank < $4 limit $1) as t) as bot,
  ${COUNTED} owner in ('bot', 'waiting', 'manager') and ${ANY_LANGUAGE} and sort_rank >= $4
    order by owner, language, sort_rank, conversation_id limit $1) as t) as customer,
  ${COUNTED} conversation_id in ${stuckIds('$2', '$3')} limit $1) as t) as stuck`;

/** How many conversations each tab holds, none counted beyond {@link MAX_COUNT}. `now`: ms since the epoch. */
export const countConversations = async (pool: Database, now: number): Promise<ConversationCounts> => {
  const { rows } = await pool.query<Omit<ConversationCounts, 'max'>>(COUNTS_SQL, [
    MAX_COUNT,
    rankOfWaiting(now - NO_PROGRESS_MS),
    FAILED_STATES,
    WAITING_BELOW,
  ]);
  return { all: 0, needs: 0, bot: 0, customer: 0, stuck: 0, ...rows[0], max: MAX_COUNT };
};
