/**
 * Which reviews are due, of each scope: `conversation_id`, `activity_at` that names the review, `until` that is read.
 * `offset 0` keeps each look into another table a probe of its index: joined, the planner reads that table whole while it
 * thinks it small, and for all who were ever reviewed when it does not.
 * `$1` look-back and `$2` maturity, ms since the epoch, `$3` order by lot when it is a text, else oldest first, `$4` limit.
 */
import type { ReviewScope } from '../../machines/review/review-id.ts';

/**
 * Whether a review may be asked for: nobody asked yet, or it was given up before anything was paid, because its run had
 * asked often enough or the day's money was spent; the next run takes it.
 */
const UNASKED = (scope: ReviewScope, activity: string) => `not exists (
      select from quality_review r where r.conversation_id = c.conversation_id and r.scope = '${scope}'
        and r.activity_at = ${activity}
        and not (r.state = 'failed' and r.readings = 0 and r.reason in ('RunSpent', 'ScopeSpent', 'ScopeBusy', 'BudgetSpent')) offset 0)`;

const ASKED_BEFORE = (scope: ReviewScope, activity: string) => `(select r.asked_at from quality_review r
      where r.conversation_id = c.conversation_id and r.scope = '${scope}' and r.activity_at = ${activity})`;

/** Follows index `conversation_quiet`. A dialogue in which the assistant said nothing has nothing to judge. */
const BOT_SQL = `select c.conversation_id, c.last_at as activity_at, c.last_at as until,
    ${ASKED_BEFORE('bot', 'c.last_at')} as asked_before
  from conversation c
  where c.last_at > $1 and (c.last_at <= $2 or c.state_paths @> array['lifecycle.closed'])
    and ${UNASKED('bot', 'c.last_at')}
    and exists (select from message m where m.conversation_id = c.conversation_id and m.sender = 'bot' offset 0)
  order by md5($3::text || c.conversation_id), c.last_at, c.conversation_id limit $4`;

/** Only what the assistant said since the last look can raise another flag; `$2` is now: flags are for today. */
const FLAGS_SQL = `select c.conversation_id, c.last_at as activity_at, c.last_at as until,
    ${ASKED_BEFORE('flags', 'c.last_at')} as asked_before
  from conversation c
  where c.last_at > $1 and c.last_at <= $2
    and ${UNASKED('flags', 'c.last_at')}
    and exists (select from message m where m.conversation_id = c.conversation_id and m.sender = 'bot'
      and m.at > coalesce((select max(r.activity_at) from quality_review r
        where r.conversation_id = c.conversation_id and r.scope = 'flags' and r.state <> 'failed'), 0) offset 0)
  order by md5($3::text || c.conversation_id), c.last_at, c.conversation_id limit $4`;

/**
 * Hand-overs that came to an end (domain 7.1): the chat was given back or closed, or its order was. Whoever was handed
 * over in the look-back has an alert, whose index is followed; the rest is read from those conversations' journals, back to
 * the newest row that is older than the look-back: years before it are not read.
 */
const MANAGER_SQL = `with recent as (
    select distinct conversation_id from alert where at > $1 and conversation_id is not null),
  move as (
    select j.actor_id, j.seq, j.at,
      j.to_states ? 'owner.waiting' and j.from_states ? 'owner.bot' as begins,
      (j.to_states ? 'owner.bot' and not j.from_states ? 'owner.bot')
        or (j.to_states ?| $5 and not j.from_states ?| $5) as ends
    from recent
    cross join lateral (select coalesce((select o.seq from journal o
      where o.actor_id = recent.conversation_id and o.at <= $1 order by o.seq desc limit 1), -1) as seq offset 0) as older
    cross join lateral (select * from journal one where one.actor_id = recent.conversation_id and one.seq > older.seq
      and one.to_states <> one.from_states offset 0) as j),
  span as (
    select b.actor_id as conversation_id, b.at as activity_at,
      (select e.at from move e where e.actor_id = b.actor_id and e.seq > b.seq and e.ends order by e.seq limit 1) as until
    from move b where b.begins and b.at > $1)
  select c.conversation_id, c.activity_at, c.until, ${ASKED_BEFORE('manager', 'c.activity_at')} as asked_before
  from span c
  where c.until <= $2
    and ${UNASKED('manager', 'c.activity_at')}
    and exists (select from message m where m.conversation_id = c.conversation_id and m.sender = 'manager'
      and m.at between c.activity_at and c.until offset 0)
  order by md5($3::text || c.conversation_id), c.activity_at, c.conversation_id limit $4`;

/** States of an order in which its deal is closed. */
export const CLOSED_ORDER: readonly string[] = ['order.paid', 'order.delivered', 'order.lost'];

export const DUE_SQL: Readonly<Record<ReviewScope, string>> = {
  bot: BOT_SQL,
  flags: FLAGS_SQL,
  manager: MANAGER_SQL,
};
