import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { Driver } from '../../machines/conversation/testing/driver.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import type { AppliedStep, EngineApi, JournalRow, Projection } from '../engine/types.ts';
import { makeWebhookStore } from '../server/webhook-store.ts';
import { conversationList, withAncestors } from './conversation-projection.ts';
import { messageInserts, messageParts, messageUpdates } from './message-projection.ts';
import { makeSearchWords } from './search-words.ts';
import { makeConversationViews } from './views.ts';
import { BadCursor } from './views-api.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const ID = 'wz:c1:971501234567';

const leavesOf = (value: unknown, path = ''): string[] =>
  typeof value === 'string'
    ? [path === '' ? value : `${path}.${value}`]
    : Object.entries(value as object).flatMap(([key, inner]) =>
        leavesOf(inner, path === '' ? key : `${path}.${key}`),
      );

/** The machine's state now as the step that the host would hand to projections. */
const stepOf = (chat: Driver, seq: number, actorId = ID): AppliedStep => ({
  row: {
    actorId,
    seq,
    at: chat.now,
    eventId: `e${seq}`,
    cause: 'customer',
    event: { type: 'customer.message' },
    from: [],
    to: leavesOf(chat.snapshot.value).sort(),
    guards: [],
    contextDiff: [],
    commands: [],
    timers: [],
    machineVersion: '1',
    ignored: null,
  } satisfies JournalRow,
  snapshot: chat.snapshot,
  timers: Object.fromEntries([...chat.timers].map(([id, timer]) => [id, timer.at])),
  emitted: chat.emitted.splice(0) as never,
});

const apply = async (steps: readonly AppliedStep[]) => {
  const project = async (projection: Projection) => {
    const rows = projection.rows(steps);
    if (rows.length > 0) await db.pool.query(projection.sql, [JSON.stringify(rows)]);
  };
  for (const projection of [messageInserts, messageUpdates, messageParts, conversationList])
    await project(projection);
};

const noEngine: Pick<EngineApi, 'load' | 'journal' | 'snapshotAt'> = {
  load: async () => null,
  journal: async () => [],
  snapshotAt: async () => null,
};
const views = () =>
  makeConversationViews({
    pool: db.pool,
    engine: noEngine,
    clock: { now: () => 0 },
    links: { sign: (path, ttlMs) => `https://shop.example/media/${path}?${ttlMs}` },
  });

describe('the read side', () => {
  it('lists a waiting customer with the window and the next timer, and the messages with their delivery', async () => {
    const chat = new Driver();
    chat.says('Hello', { contactName: 'Omar Said' });
    await apply([stepOf(chat, 2)]);
    const [waiting] = await views().summaries([ID]);
    expect(waiting).toMatchObject({ name: 'Omar Said', phone: '+971501234567', owner: 'bot', unanswered: 1 });
    expect(waiting?.waitingSince).toBe(new Date(chat.now).toISOString());
    expect(waiting?.windowClosesAt).toBe(new Date(chat.now + 24 * 3600_000).toISOString());
    expect(waiting?.nextTimer?.label).toBe('End of the burst');
    expect(waiting?.stateLabel).toBe('Reading along');

    chat.settleCustomer();
    chat.wait(1500);
    chat.brief();
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    await apply([stepOf(chat, 3)]);
    chat.sent('p1');
    chat.send({ type: 'message.status', messageId: 'p1', status: 'read', error: null });
    chat.send({ type: 'message.status', messageId: 'p1', status: 'delivered', error: null });
    await apply([stepOf(chat, 4)]);
    const page = await views().messages(ID, 50);
    expect(page?.items.map((message) => [message.from, message.status])).toEqual([
      ['customer', 'received'],
      ['bot', 'read'],
    ]);
    expect((await views().messagesSince(ID, 4)).map((message) => message.id)).toEqual(['m1']);
    const [answered] = await views().summaries([ID]);
    expect(answered).toMatchObject({ unanswered: 0, waitingSince: null });
  });

  it('keeps a message that is recorded, sent and delivered within one batch as one row', async () => {
    const actorId = 'wz:c1:971500000002';
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    const first = stepOf(chat, 2, actorId);
    chat.sent('p2');
    chat.send({ type: 'message.status', messageId: 'p2', status: 'delivered', error: null });
    await apply([first, stepOf(chat, 3, actorId)]);
    const page = await views().messages(actorId, 50);
    expect(page?.items.at(-1)).toMatchObject({ from: 'bot', status: 'delivered', seq: 2 });
  });

  it('never lets a delivery go back, except that proof heals a dropped message', async () => {
    const actorId = 'wz:c1:971500000003';
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    await apply([stepOf(chat, 2, actorId)]);
    chat.send({ type: 'manager.takeOver', by: { id: 'u', name: 'Aisha' } });
    await apply([stepOf(chat, 3, actorId)]);
    expect((await views().messages(actorId, 50))?.items.at(-1)).toMatchObject({ status: 'dropped' });
    const echo = {
      type: 'channel.echo',
      messageId: 'p3',
      kind: 'text',
      media: null,
      sentFromApp: false,
      authorType: null,
    };
    const text = 'Hello, I am Noor from Treejar. What are you looking for?';
    chat.send({ ...echo, authorName: null, text, sentAt: chat.now });
    await apply([stepOf(chat, 4, actorId)]);
    expect((await views().messages(actorId, 50))?.items.at(-1)).toMatchObject({ status: 'sent' });
    const told = async (status: 'sent' | 'delivered' | 'read', seq: number) => {
      chat.send({ type: 'message.status', messageId: 'p3', status, error: null });
      await apply([stepOf(chat, seq, actorId)]);
      return (await views().messages(actorId, 50))?.items.at(-1)?.status;
    };
    expect(await told('delivered', 5)).toBe('delivered');
    expect(await told('sent', 6)).toBe('delivered');
    expect(await told('read', 7)).toBe('read');
    expect(await told('delivered', 8)).toBe('read');
  });

  it('finds a message by the id of any of its parts, in this batch and in a later one', async () => {
    const actorId = 'wz:c1:971500000004';
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    const first = stepOf(chat, 2, actorId);
    const { localId } = chat.child('sendMessage').input as { localId: string };
    chat.done('sendMessage', { localId, providerIds: ['part-1', 'part-2', 'part-3'] });
    chat.send({ type: 'message.status', messageId: 'part-2', status: 'delivered', error: null });
    await apply([first, stepOf(chat, 3, actorId)]);
    const last = async () => (await views().messages(actorId, 50))?.items.at(-1)?.status;
    expect(await last()).toBe('delivered');
    const store = makeWebhookStore(db.pool);
    expect(await store.conversationsOf(['part-3', 'part-1', 'nobody’s'])).toEqual(
      new Map([
        ['part-1', actorId],
        ['part-3', actorId],
      ]),
    );
    chat.send({ type: 'message.status', messageId: 'part-3', status: 'read', error: null });
    await apply([stepOf(chat, 4, actorId)]);
    expect(await last()).toBe('read');
  });

  it('links to our own files from here, and leaves the links of the channel as they are', async () => {
    const insert = `insert into message (conversation_id, message_id, sender, kind, text, media, status, status_rank,
        deleted, seq, changed_seq, at) values ($1, $2, $3, 'document', '', $4, 'sent', 3, false, 1, 1, $5)`;
    const [actorId, uri] = ['wz:c1:971500000009', 'quotations/ab/Quotation-1-R1.pdf'];
    await db.pool.query(insert, [actorId, 'm1', 'bot', { uri, name: 'Quotation-1-R1.pdf' }, 1]);
    await db.pool.query(insert, [
      actorId,
      'm2',
      'customer',
      { uri: 'https://store.example/plan.pdf', name: null },
      2,
    ]);
    // Signed by us for nobody else: a customer’s file cannot pass for one of ours.
    await db.pool.query(insert, [actorId, 'm3', 'customer', { uri, name: null }, 3]);
    const page = await views().messages(actorId, 50);
    expect(page?.items.map(({ media }) => media?.uri)).toEqual([
      `/media/${uri}?${2 * 24 * 3_600_000}`,
      'https://store.example/plan.pdf',
      uri,
    ]);
  });

  it('puts who waits longest first, pages without holes and filters by state, owner and words', async () => {
    const base = new Driver();
    const chats = await Promise.all(
      Array.from({ length: 7 }, async (_, index) => {
        const chat = new Driver();
        chat.now = base.now + index * 60_000;
        chat.says(`request number ${index}`, { contactName: `Customer ${String.fromCharCode(65 + index)}` });
        const actorId = `wz:c2:97150000010${index}`;
        await apply([stepOf(chat, 2, actorId)]);
        return actorId;
      }),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await views().list({ limit: 2, waiting: true, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.filter((id) => id.startsWith('wz:c2:'))).toEqual(chats);
    await makeSearchWords(db.pool).sweep();
    expect((await views().list({ limit: 9, q: 'customer c' })).items.map((item) => item.id)).toEqual([
      chats[2],
    ]);
    expect((await views().list({ limit: 9, q: '%' })).items).toEqual([]);
    expect((await views().list({ limit: 50, state: 'turn.working' })).items.length).toBe(7);
    expect((await views().list({ limit: 50, owner: 'manager' })).items.length).toBe(1);
    await expect(views().list({ limit: 9, cursor: 'nonsense' })).rejects.toThrow(BadCursor);
  });

  it('knows nothing of a conversation that does not exist', async () => {
    expect(await views().messages('wz:c1:nobody', 10)).toBeNull();
    expect(await views().journal('wz:c1:nobody', 0, 10)).toBeNull();
    expect(await views().detail('wz:c1:nobody')).toBeNull();
  });

  it('describes the machine, parents before children, with a label for every state', async () => {
    const machine = await views().machine(conversationMachine.id);
    const paths = machine?.states.map((state) => state.path) ?? [];
    expect(paths[0]).toBe('');
    for (const state of machine?.states ?? []) {
      if (state.parent !== null) expect(paths.indexOf(state.parent)).toBeLessThan(paths.indexOf(state.path));
    }
    expect(machine?.transitions).toContainEqual(
      expect.objectContaining({
        from: 'turn.working.gathering',
        to: 'turn.working.understanding',
        label: 'End of the burst',
      }),
    );
  });

  it('names every ancestor of a leaf once', () => {
    expect(withAncestors(['a.b.c', 'a.b.d'])).toEqual(['a', 'a.b', 'a.b.c', 'a.b.d']);
  });
});
