/** The workload in one transaction a message: what an application writes itself around a queue or a workflow. */
import type pg from 'pg';
import type { Message } from '../workload.ts';
import { stepWork } from './step-work.ts';

const TABLES = `
create table work_seen (message_id text primary key, actor_id text not null);
create table work_actor (actor_id text primary key, snapshot text not null) with (fillfactor = 70);
create table work_outbox (id bigint generated always as identity primary key, actor_id text not null, input text not null)`;

export const createWorkTables = async (pool: pg.Pool): Promise<void> => {
  await pool.query(TABLES);
};

const SEEN = 'insert into work_seen values ($1, $2) on conflict do nothing';
const READ = 'select snapshot from work_actor where actor_id = $1 for update';
const WRITE = `insert into work_actor values ($1, $2)
  on conflict (actor_id) do update set snapshot = excluded.snapshot`;
const QUEUE = 'insert into work_outbox (actor_id, input) select $1, unnest($2::text[])';

/** Runs inside the caller's transaction. A message that was taken before changes nothing. */
export const takeInTransaction = async (client: pg.ClientBase, message: Message): Promise<void> => {
  const { actorId, id } = message;
  const seen = await client.query({ name: 'seen', text: SEEN, values: [id, actorId] });
  if (seen.rowCount === 0) return;
  const { rows } = await client.query<{ snapshot: string }>({ name: 'read', text: READ, values: [actorId] });
  const { snapshot, commands } = stepWork(rows[0]?.snapshot ?? null, message);
  await client.query({ name: 'write', text: WRITE, values: [actorId, snapshot] });
  await client.query({ name: 'queue', text: QUEUE, values: [actorId, commands] });
};

/** A transaction of its own; throws what the database throws, rolled back. */
export const takeMessage = async (pool: pg.Pool, message: Message): Promise<void> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await takeInTransaction(client, message);
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
};

/** Throws when not exactly `messages` were applied, each once, in order, with one command each. */
export const verifySqlWork = async (pool: pg.Pool, messages: number): Promise<void> => {
  const { rows } = await pool.query<Record<string, number>>(`
    select (select count(*)::int from work_seen) as seen,
      (select count(*)::int from work_outbox) as commands,
      (select coalesce(sum((snapshot::jsonb #>> '{context,count}')::int), 0)::int from work_actor) as counted,
      (select count(*)::int from work_actor where snapshot::jsonb #>> '{context,outOfOrder}' <> '0') as disordered`);
  const found = rows[0] ?? {};
  const right = ['seen', 'commands', 'counted'].every((key) => found[key] === messages);
  if (!right || found.disordered !== 0)
    throw new Error(`The work is wrong: ${messages} messages were taken, found ${JSON.stringify(found)}.`);
};
