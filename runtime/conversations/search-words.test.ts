import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { listConversations } from './list-conversations.ts';
import { makeSearchWords, type SearchWords } from './search-words.ts';

let db: TestDatabase;
let words: SearchWords;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await db.pool.query('delete from conversation');
  words = makeSearchWords(db.pool);
});
afterAll(() => db.drop());

const says = (id: string, seq: number, search: string) =>
  db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, unanswered, seq,
       machine_version, sort_rank, search, created_at, updated_at)
     values ($1, 'c1', '1', 'en', 'bot', '{}', '{}', 0, $2, '1', 1, $3, 1, 1)
     on conflict (conversation_id) do update set search = excluded.search, seq = excluded.seq`,
    [id, seq, search],
  );
const found = async (q: string) =>
  (await listConversations(db.pool, { limit: 50, q }, 0)).items.map(({ id }) => id);
const copiedAt = async (id: string) =>
  (
    await db.pool.query<{ seq: number }>(
      'select seq::int from conversation_search where conversation_id = $1',
      [id],
    )
  ).rows[0]?.seq;

it('finds a conversation by its newest words once they are copied, and by the old ones no more', async () => {
  await says('a', 2, 'omar oak desk');
  words.note(['a']);
  expect(await found('oak')).toEqual([]);
  await words.follow();
  expect(await found('OAK')).toEqual(['a']);
  await says('a', 3, 'omar walnut desk');
  words.note(['a']);
  await words.follow();
  expect(await found('walnut')).toEqual(['a']);
  expect(await found('oak')).toEqual([]);
});

it('does not write what has not changed, nor replace a younger copy by an older one', async () => {
  await says('a', 2, 'omar');
  await words.sweep();
  await says('a', 3, 'omar');
  words.note(['a']);
  await words.follow();
  expect(await copiedAt('a')).toBe(2);
  // Another replica was quicker with what comes after this.
  await db.pool.query(`update conversation_search set words = 'omar said', seq = 5`);
  await says('a', 4, 'omar s');
  words.note(['a']);
  await words.follow();
  expect(await found('omar said')).toEqual(['a']);
});

it('copies what nobody noted when it looks at everything, over many pages', async () => {
  await db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, unanswered, seq,
       machine_version, sort_rank, search, created_at, updated_at)
     select 'many ' || n, 'c1', '1', 'en', 'bot', '{}', '{}', 0, 2, '1', n, 'customer number ' || n || '.', 1, 1
       from generate_series(1, 4001) as n`,
  );
  await words.sweep();
  expect(await found('number 4001.')).toEqual(['many 4001']);
  expect(await found('number 77.')).toEqual(['many 77']);
});

it('goes on after the database refused it, with what was noted', async () => {
  await says('a', 2, 'omar');
  words.note(['a']);
  await db.pool.query('alter table conversation_search rename to elsewhere');
  await expect(words.follow()).rejects.toThrow('conversation_search');
  await db.pool.query('alter table elsewhere rename to conversation_search');
  await words.follow();
  expect(await found('omar')).toEqual(['a']);
});

it('keeps nothing of a conversation that is erased', async () => {
  await says('a', 2, 'omar');
  words.note(['a']);
  await words.follow();
  await db.pool.query(`delete from conversation where conversation_id = 'a'`);
  expect(await copiedAt('a')).toBeUndefined();
  words.note(['a']);
  await words.follow();
  expect(await copiedAt('a')).toBeUndefined();
});

it('searches by the index of the words', async () => {
  const client = await db.pool.connect();
  try {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select conversation_id from conversation_search where words like '%walnut%'`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('conversation_search_words');
  } finally {
    client.release(true);
  }
});
