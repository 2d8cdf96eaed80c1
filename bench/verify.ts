/** Whether the work was done: every message once, in order, with its command. A number of wrong work is no number. */
import { makePool } from '../adapters/postgres/pool.ts';

/** Throws when not exactly `messages` were applied, each once and in order, with one command each. */
export const verifyWork = async (url: string, messages: number): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  try {
    const { rows } = await pool.query<Record<string, number>>(`
      select
        (select count(*)::int from mailbox where applied_seq is null) as pending,
        (select count(*)::int from mailbox where kind = 'work') as received,
        (select count(*)::int from journal where event_id not like '%:init') as applied,
        (select count(*)::int from (select distinct actor_id, event_id from journal where event_id not like '%:init') d) as distinct_applied,
        (select count(*)::int from outbox) as commands,
        (select coalesce(sum((snapshot::jsonb #>> '{snapshot,context,count}')::int), 0)::int from actor) as counted,
        (select count(*)::int from actor where snapshot::jsonb #>> '{snapshot,context,outOfOrder}' <> '0') as disordered`);
    const found = rows[0] ?? {};
    const same = ['received', 'applied', 'distinct_applied', 'commands', 'counted'].every(
      (key) => found[key] === messages,
    );
    if (!same || found.pending !== 0 || found.disordered !== 0) {
      throw new Error(`The work is wrong: ${messages} messages were sent, found ${JSON.stringify(found)}.`);
    }
  } finally {
    await pool.end();
  }
};
