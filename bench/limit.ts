/**
 * The limit: the row writes of the engine and nothing else, by pgbench on the same server. One message is a mailbox row,
 * a snapshot of the same size, a journal row and an outbox row, copied from what the engine has just written. What a
 * client would send lies in a table already, uncompressed, so the limit saves the wire; it pays for JSON and compression.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { makePool } from '../adapters/postgres/pool.ts';
import { flood } from './load.ts';

/** A run that came to nothing is repeated with more time, up to about this. */
const PGBENCH_SECONDS_MAX = 60;

const DEBIAN = '/usr/lib/postgresql';

/** Debian keeps it out of PATH, one per major; null when it is not installed. */
export const findPgbench = (): string | null => {
  if (!existsSync(DEBIAN)) return null;
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return (
    versions.map((version) => join(DEBIAN, version, 'bin/pgbench')).find((path) => existsSync(path)) ?? null
  );
};

export interface LimitOptions {
  readonly url: string;
  readonly seconds: number;
  readonly clients: number;
  /** Messages of one transaction. */
  readonly batch: number;
}

/** Rows to copy; clients take disjoint parts, so that nobody waits for a lock. */
const PAYLOAD_ROWS = 2000;

const PREPARE = `
create table if not exists limit_payload (
  i int primary key, actor_id text, snapshot text, event text, diff text, from_states text, to_states text, guards text,
  commands text, input text);
alter table limit_payload alter snapshot set storage external, alter event set storage external, alter diff set storage external;
create sequence if not exists limit_seq start 1000000000 cache 1000;
insert into limit_payload
select row_number() over (order by a.actor_id), a.actor_id, a.snapshot || '', j.event::text, j.context_diff::text,
  j.from_states::text, j.to_states::text, j.guards::text, j.commands::text, o.input::text
from (select * from actor order by actor_id limit ${PAYLOAD_ROWS}) a
join journal j on j.actor_id = a.actor_id and j.seq = a.version
join lateral (select input from outbox where outbox.actor_id = a.actor_id limit 1) o on true
on conflict do nothing;
analyze limit_payload; analyze actor`;

/** `:from` and `:to` bound the rows of one transaction. */
const STATEMENTS = [
  `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, applied_seq)
   select actor_id, 'limit-' || nextval('limit_seq'), 'work', 'customer', 1, 1, 1
   from limit_payload where i > :from and i <= :to`,
  `update actor set version = actor.version + 1, snapshot = p.snapshot || '', updated_at = 1
   from limit_payload p where p.i > :from and p.i <= :to and actor.actor_id = p.actor_id`,
  `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
     commands, timers, machine_version, ignored)
   select actor_id, nextval('limit_seq'), 'work', 1, 'limit', 'customer', event::jsonb, from_states::jsonb,
     to_states::jsonb, guards::jsonb, diff::jsonb, commands::jsonb, '[]'::jsonb, '1', null
   from limit_payload where i > :from and i <= :to`,
  `insert into outbox (actor_id, command_id, kind, child_id, name, op, input, status, replica, created_at, next_at)
   select actor_id, 'limit-' || nextval('limit_seq'), 'work', null, 'reply', 'action', input::jsonb, 'pending', 'limit', 1, 1
   from limit_payload where i > :from and i <= :to`,
];

export interface LimitResult {
  readonly tool: 'pgbench' | 'node loop';
  readonly messagesPerSecond: number;
}

/** Copies rows that the engine wrote in this database and measures how fast they can be written again. */
export const measureLimit = async (options: LimitOptions): Promise<LimitResult> => {
  const pool = makePool(options.url, { max: options.clients, applicationName: 'treejar-bench' });
  try {
    await pool.query(PREPARE);
    const { rows } = await pool.query<{ count: number }>('select count(*)::int from limit_payload');
    const share = Math.floor((rows[0]?.count ?? 0) / options.clients);
    if (share < options.batch)
      throw new Error(`${rows[0]?.count} rows are too few for ${options.clients} clients.`);
    const pgbench = findPgbench();
    return pgbench === null ? await byNode(pool, options, share) : await byPgbench(pgbench, options, share);
  } finally {
    await pool.end();
  }
};

const byPgbench = async (pgbench: string, options: LimitOptions, share: number): Promise<LimitResult> => {
  const dir = mkdtempSync(join(tmpdir(), 'treejar-bench-'));
  const script = join(dir, 'script.sql');
  const head = `\\set from :client_id * ${share} + random(0, ${share - options.batch})\n\\set to :from + ${options.batch}\n`;
  const body = STATEMENTS.map((statement) => `${statement.replaceAll('\n', ' ')};`).join('\n');
  writeFileSync(script, `${head}begin;\n${body}\ncommit;\n`);
  try {
    for (let { seconds } = options; ; seconds *= 4) {
      const { stdout } = await promisify(execFile)(pgbench, [
        ...['--no-vacuum', '--protocol=prepared', `--file=${script}`, `--time=${seconds}`],
        ...[`--client=${options.clients}`, `--jobs=${Math.min(2, options.clients)}`, options.url],
      ]);
      const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0);
      if (tps > 0) return { tool: 'pgbench', messagesPerSecond: tps * options.batch };
      // On a machine that is busy enough not one transaction ends in a second.
      if (seconds > PGBENCH_SECONDS_MAX) throw new Error(`pgbench said no tps:\n${stdout}`);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/** The same statements from this process, where pgbench is not installed: a little lower. */
const byNode = async (pool: pg.Pool, options: LimitOptions, share: number): Promise<LimitResult> => {
  const until = performance.now() + options.seconds * 1000;
  let done = 0;
  const result = await flood(options.clients, options.clients, async (client) => {
    const connection = await pool.connect();
    try {
      while (performance.now() < until) {
        const from = client * share + Math.floor(Math.random() * (share - options.batch));
        await connection.query('begin');
        for (const [n, text] of STATEMENTS.entries()) {
          const sql = text.replaceAll(':from', '$1::int').replaceAll(':to', '$2::int');
          await connection.query({ name: `limit-${n}`, text: sql, values: [from, from + options.batch] });
        }
        await connection.query('commit');
        done += options.batch;
      }
    } finally {
      connection.release();
    }
  });
  return { tool: 'node loop', messagesPerSecond: done / result.seconds };
};
