/** What the load run calls lost and doubled: it must see each of them, or its zeros mean nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageUuid } from '../../actors/conversation/send-message.ts';
import type { SimMessage } from '../../adapters/wazzup/simulator.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { verify } from './verify.ts';

const CHAT = '971520000001';
const ID = `wz:c1:${CHAT}`;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  await db.drop();
});
beforeEach(async () => {
  await db.pool.query('truncate mailbox, message, message_part, outbox');
  await db.pool.query(
    `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, applied_seq)
     values ($1, 'in-1', 'conversation', 'customer', 1, 1, 1)`,
    [ID],
  );
  await db.pool.query(
    `insert into message (conversation_id, message_id, provider_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
     values ($1, 'm1', 'out-1', 'bot', 'text', 'x', 'sent', 1, 1, 1, 1)`,
    [ID],
  );
});

const COMMAND = `${ID}:7:sendMessage`;
/** A message at the phone: the vendor's id, and ours when it had one. */
type Shown = string | readonly [id: string, crmMessageId: string];

const onPhone = (...shown: readonly Shown[]) => {
  const messages: readonly SimMessage[] = shown.map((message) => ({
    id: typeof message === 'string' ? message : message[0],
    ...(typeof message === 'string' ? {} : { crmMessageId: message[1] }),
    from: 'business',
    kind: 'text',
    text: 'x',
    at: 1,
    status: 'sent',
  }));
  return { chats: () => [{ chatId: CHAT, name: null, last: null, unread: 0 }], chat: () => messages };
};
const posted = (messageId: string, takenAt: number | null = 1) => ({ messageId, chatId: CHAT, takenAt });
const answered = { chatId: CHAT, saidAt: 1, repliedAt: 2 };
const CLEAN = { lost: 0, unapplied: 0, unanswered: 0, doubled: 0, unsettled: 0, vanished: 0, parked: 0 };

const look = (phones: ReturnType<typeof onPhone>, ...messages: readonly ReturnType<typeof posted>[]) =>
  verify({ pool: db.pool, phones }, messages, [answered]);

describe('the verdict on a load run', () => {
  it('is clean when everything is there once', async () => {
    expect(await look(onPhone('out-1'), posted('in-1'), posted('refused', null))).toEqual(CLEAN);
  });

  it('sees what was answered 200 and is not there', async () => {
    expect(await look(onPhone('out-1'), posted('in-1'), posted('in-2'))).toEqual({ ...CLEAN, lost: 1 });
  });

  it('sees what was not applied, and what is parked', async () => {
    await db.pool.query('update mailbox set applied_seq = null, parked_at = 1');
    expect(await look(onPhone('out-1'), posted('in-1'))).toEqual({ ...CLEAN, unapplied: 1, parked: 1 });
  });

  it('sees a message that reached a phone twice, under another id or the same', async () => {
    expect(await look(onPhone('out-1', 'out-2'), posted('in-1'))).toEqual({ ...CLEAN, doubled: 1 });
    expect(await look(onPhone('out-1', 'out-1'), posted('in-1'))).toEqual({ ...CLEAN, doubled: 1 });
  });

  it('tells by the ids of its command a message sent twice from one that is not settled', async () => {
    await db.pool.query(
      `insert into outbox (actor_id, command_id, kind, name, op, status, created_at, first_attempt_at, next_at)
       values ($1, $2, 'conversation', 'sendMessage', 'invoke', 'running', 1, 1, 60000)`,
      [ID, COMMAND],
    );
    const known = ['out-1', messageUuid(COMMAND, 0, 0)] as const;
    expect(await look(onPhone(known), posted('in-1'))).toEqual(CLEAN);
    // Its second part has left, and nobody was told so yet.
    const second = ['out-2', messageUuid(COMMAND, 0, 1)] as const;
    expect(await look(onPhone(known, second), posted('in-1'))).toEqual({ ...CLEAN, unsettled: 1 });
    // The same part in another round: the customer reads it twice, whether the shop knows its id or not.
    const again = ['out-3', messageUuid(COMMAND, 1, 0)] as const;
    expect(await look(onPhone(known, again), posted('in-1'))).toEqual({ ...CLEAN, doubled: 1 });
    await db.pool.query(
      `insert into message (conversation_id, message_id, provider_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
       values ($1, 'm2', 'out-3', 'bot', 'text', 'x', 'sent', 1, 1, 1, 1)`,
      [ID],
    );
    expect(await look(onPhone(known, again), posted('in-1'))).toEqual({ ...CLEAN, doubled: 1 });
  });

  it('sees a message that no phone has, and a customer without an answer', async () => {
    const witnesses = { pool: db.pool, phones: onPhone() };
    const verdict = await verify(witnesses, [posted('in-1')], [{ ...answered, repliedAt: null }]);
    expect(verdict).toEqual({ ...CLEAN, vanished: 1, unanswered: 1 });
  });
});
