/** What is told of a message whose fate is not known: counted echoes, and those that nobody has read. */
import { Effect } from 'effect';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SentMessages } from '../../actors/conversation/sent-messages.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { sentMessageStore } from './sent-message-store.ts';

const ID = 'wz:c1:971520000001';
const OTHER = 'wz:c1:971520000002';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.pool.query('truncate actor, mailbox');
  const outbound = [
    { localId: 'm1', providerIds: ['a', 'b'] },
    { localId: 'm2', providerIds: [] },
  ];
  await db.pool.query(
    `insert into actor (actor_id, kind, version, snapshot, updated_at) values ($1, 'conversation', 1, $2, 1)`,
    [ID, JSON.stringify({ snapshot: { context: { outbound } } })],
  );
});

const look = (localId: string) =>
  Effect.runPromise(
    Effect.flatMap(SentMessages, (sent) => sent.look(ID, localId)).pipe(
      Effect.provide(sentMessageStore(db.pool)),
    ),
  );
const arrives = (eventId: string, actorId = ID) =>
  db.pool.query(
    `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
     values ($1, $2, 'conversation', 'system', 1, 1, '{}')`,
    [actorId, eventId],
  );

it('counts the parts that came back, of that message', async () => {
  expect(await look('m1')).toEqual({ partsOut: 2, echoesWait: false });
  expect(await look('m2')).toEqual({ partsOut: 0, echoesWait: false });
});

it('tells of an echo that waits, until it is read or parked; of nothing else that waits', async () => {
  await arrives('p1:delivered');
  await arrives('in-1');
  await arrives('p1:echo', OTHER);
  expect(await look('m2')).toMatchObject({ echoesWait: false });
  await arrives('p1:echo');
  expect(await look('m2')).toMatchObject({ echoesWait: true });
  await db.pool.query(`update mailbox set parked_at = 1 where event_id = 'p1:echo' and actor_id = $1`, [ID]);
  expect(await look('m2')).toMatchObject({ echoesWait: false });
  await db.pool.query(`update mailbox set parked_at = null, applied_seq = 2 where actor_id = $1`, [ID]);
  expect(await look('m2')).toMatchObject({ echoesWait: false });
});
