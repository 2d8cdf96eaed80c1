/** Timers: the table is the truth, memory only knows when to look (G6). */
import type pg from 'pg';
import { column, columnOf, split } from '../columns.ts';

/**
 * Puts the firing of every due timer into its actor's mailbox; the key makes a second firing harmless. The row itself
 * leaves in the commit that applies the firing.
 */
const FIRE = `
insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
select t.actor_id, t.timer_id || ':' || t.armed_seq || ':fired', t.kind, 'timer', t.due_at, $2::bigint, t.event::text
from timer t
where t.due_at <= $2::bigint and t.kind = any(${split(1)})
  and not exists (select from mailbox m
    where m.actor_id = t.actor_id and m.event_id = t.timer_id || ':' || t.armed_seq || ':fired')
order by t.due_at limit $3
on conflict (actor_id, event_id) do nothing
returning actor_id`;

/** Answers with the actors whose timers fired, at most `limit`. */
export const fireDueTimers = async (
  db: pg.Pool,
  kinds: readonly string[],
  now: number,
  limit: number,
): Promise<readonly string[]> => {
  const { rows } = await db.query<{ actor_id: string }>({
    name: 'fire-due-timers',
    text: FIRE,
    values: [column(kinds), now, limit],
  });
  return rows.map((row) => row.actor_id);
};

/** Due times up to the horizon, for a replica that has just started or taken over. */
export const upcomingTimers = async (
  db: pg.Pool,
  from: number,
  until: number,
  limit: number,
): Promise<readonly number[]> => {
  const { rows } = await db.query<{ due_at: number }>({
    name: 'upcoming-timers',
    text: 'select distinct due_at from timer where due_at > $1 and due_at <= $2 order by due_at limit $3',
    values: [from, until, limit],
  });
  return rows.map((row) => Number(row.due_at));
};

/** Which of these timers are armed, and for when. */
export const dueTimesOf = async (
  db: pg.Pool,
  timers: readonly { readonly actorId: string; readonly timerId: string }[],
): Promise<readonly { readonly actorId: string; readonly timerId: string; readonly dueAt: number }[]> => {
  const { rows } = await db.query<{ actor_id: string; timer_id: string; due_at: number }>({
    name: 'due-times-of',
    text: `select t.actor_id, t.timer_id, t.due_at from unnest(${split(1)}, ${split(2)}) as n (actor_id, timer_id)
           join timer t on t.actor_id = n.actor_id and t.timer_id = n.timer_id`,
    values: [columnOf(timers, (t) => t.actorId), columnOf(timers, (t) => t.timerId)],
  });
  return rows.map((row) => ({ actorId: row.actor_id, timerId: row.timer_id, dueAt: Number(row.due_at) }));
};
