import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { countConversations, listConversations } from './list-conversations.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const NOW = 10_000_000;

const add = (id: string, over: { owner?: string; states?: string[]; waiting?: number } = {}) =>
  db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths,
       waiting_since, unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
     values ($1, 'c1', '1', 'en', $2, $3, $3, $4, 0, 2, '1', 1, '', 1, 1)`,
    [id, over.owner ?? 'bot', over.states ?? ['turn.idle'], over.waiting ?? null],
  );

it('finds and counts what stands still: parked, failed, or unanswered by the assistant for too long', async () => {
  await add('answered');
  await add('command');
  await add('event');
  await add('failed', { states: ['deal.stuck'] });
  await add('fresh', { waiting: NOW - 119_000 });
  await add('silent', { waiting: NOW - 121_000 });
  await add('taken', { waiting: NOW - 900_000, owner: 'manager' });
  await add('wanted', { waiting: NOW - 900_000, owner: 'waiting' });
  await add('gone', { owner: 'nobody' });
  await db.pool.query(
    `insert into mailbox (actor_id, event_id, pos, kind, cause, sent_at, received_at, body, parked_at, parked_reason)
     values ('event', 'e1', 1, 'conversation', 'customer', 1, 1, '{}', 5, 'a poison event'),
       ('a review, no conversation', 'e1', 2, 'review', 'job', 1, 1, '{}', 5, 'a poison event')`,
  );
  await db.pool.query(
    `insert into outbox (actor_id, command_id, kind, name, op, status, created_at, next_at, parked_at)
     values ('command', 'c1', 'conversation', 'brief', 'invoke', 'parked', 1, 1, 5),
       ('answered', 'c2', 'conversation', 'brief', 'invoke', 'done', 1, 1, null)`,
  );
  const ids = async (stuck: boolean) =>
    (await listConversations(db.pool, { limit: 50, stuck }, NOW)).items.map(({ id }) => id);
  expect(await ids(true)).toEqual(['command', 'event', 'failed', 'silent']);
  expect(await ids(false)).toEqual(['answered', 'fresh', 'gone', 'taken', 'wanted']);
  expect(await countConversations(db.pool, NOW)).toEqual({
    all: 9,
    needs: 2,
    bot: 2,
    customer: 4,
    stuck: 4,
    max: 1000,
  });
});

it('counts tabs by an index, not by reading everybody', async () => {
  await db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths,
       waiting_since, unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
     select 'many ' || n, 'c2', '2', 'en', 'bot', array['turn.idle'], array['turn', 'turn.idle'], null, 0, 2, '1', n, '', 1, 1
       from generate_series(1, 3000) as n`,
  );
  await db.pool.query('analyze conversation');
  expect(await countConversations(db.pool, NOW)).toMatchObject({
    all: 1000,
    customer: 1000,
    needs: 2,
    stuck: 4,
  });
  const plan = await db.pool.query<{ 'QUERY PLAN': string }>(
    "explain select from conversation where owner = 'bot' and waiting_since < 5",
  );
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('conversation_tabs');
});
