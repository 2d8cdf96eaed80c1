import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { countConversations, listConversations } from './list-conversations.ts';
import { sortRank } from './sort-rank.ts';

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
     values ($1, 'c1', '1', 'en', $2, $3, $3, $4, 0, 2, '1', $5, '', 1, 1)`,
    [
      id,
      over.owner ?? 'bot',
      over.states ?? ['turn.idle'],
      over.waiting ?? null,
      sortRank(over.waiting ?? null, 1),
    ],
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
  expect(await ids(true)).toEqual(['silent', 'command', 'event', 'failed']);
  expect(await ids(false)).toEqual(['taken', 'wanted', 'fresh', 'answered', 'gone']);
  expect(await countConversations(db.pool, NOW)).toEqual({
    all: 9,
    needs: 2,
    bot: 2,
    customer: 4,
    stuck: 4,
    max: 1000,
  });
});
