/** News of the account by webhook: durable before the answer, and an old history without consequences. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../adapters/wazzup/webhook.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { type IngestDeps, makeIngest } from '../server/ingest.ts';
import { fakeClock, fakeEngine } from '../server/test-fakes.ts';
import { makeWebhookStore } from '../server/webhook-store.ts';
import { importHistory } from './import-history.ts';

const DAY_MS = 24 * 3600_000;
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.pool.query('truncate webhook_quarantine, unmatched_status'));

const setup = (over: Partial<IngestDeps> = {}) => {
  const engine = fakeEngine();
  const clock = fakeClock();
  const store = makeWebhookStore(db.pool);
  const ingest = makeIngest({ engine, store, clock, channelIds: new Set(['c1']), ...over });
  return { engine, clock, ingest };
};

describe('a webhook about the account', () => {
  const body = {
    channelsUpdates: [
      { channelId: 'c1', state: 'qrIdle', timestamp: 1768472430000 },
      { channelId: 'c1', state: 'active', timestamp: 1768472431000 },
      { channelId: 'of-another-shop', state: 'blocked', timestamp: 1768472430000 },
    ],
    templateStatus: { templateGuid: 't-1', name: 'follow_up', status: 'APPROVED' },
  };

  it('is told in its order, only about our channels', async () => {
    const heard: string[] = [];
    const { ingest } = setup({
      onChannel: async ({ channelId, state }) => void heard.push(`${channelId} ${state}`),
      onTemplate: async ({ templateGuid, status }) => void heard.push(`${templateGuid} ${status}`),
    });
    const outcome = await ingest.ingest(decodeWebhook(body));
    expect(heard).toEqual(['c1 qridle', 'c1 active', 't-1 approved']);
    expect(outcome.ignored).toEqual({ unknown_channel: 1 });
  });

  it('is not answered 200 before it is durable', async () => {
    const { ingest } = setup({ onTemplate: () => Promise.reject(new Error('the database is away')) });
    await expect(ingest.ingest(decodeWebhook(body))).rejects.toThrow('away');
  });
});

describe('an imported history', () => {
  const message = (number: number, at: number, more: Record<string, unknown> = {}) => ({
    messageId: `m-${number}`,
    channelId: 'c1',
    chatType: 'whatsapp',
    chatId: '15555550142',
    dateTime: new Date(at).toISOString(),
    type: 'text',
    status: 'inbound',
    text: 'Hello',
    authorType: 'client',
    ...more,
  });

  it('reaches the conversations oldest first, once, however often it is imported', async () => {
    const { engine, clock, ingest } = setup();
    const old = clock.now() - 30 * DAY_MS;
    // More than one batch, newest first as exports often are.
    const messages = Array.from({ length: 250 }, (_, index) => message(index, old - index * 1000));
    const first = await importHistory({ ingest, clock }, { messages });
    expect(first).toEqual({ imported: 250, known: 0, recent: 0, skipped: 0, unreadable: [] });
    const times = engine.delivered.map(({ sentAt }) => sentAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await importHistory({ ingest, clock }, { messages })).toMatchObject({ imported: 0, known: 250 });
    expect(engine.delivered).toHaveLength(250);
  });

  it('leaves out what would be answered today, and what is not ours', async () => {
    const { engine, clock, ingest } = setup();
    const old = clock.now() - 2 * DAY_MS;
    const result = await importHistory({ ingest, clock }, [
      message(1, old),
      message(2, old, { isEcho: true, authorType: 'manager', status: 'read' }),
      message(3, clock.now() - DAY_MS + 1000),
      message(4, old, { channelId: 'of-another-shop' }),
      message(5, old, { chatType: 'whatsgroup' }),
      message(6, old, { dateTime: 'once' }),
    ]);
    expect(result).toEqual({
      imported: 2,
      known: 0,
      recent: 1,
      // The echo's own status, another shop's channel, a group.
      skipped: 3,
      unreadable: [{ path: 'messages[5].dateTime', reason: 'is not a moment' }],
    });
    expect(engine.delivered.map(({ body }) => body.type)).toEqual(['customer.message', 'channel.echo']);
  });

  it('goes on where it stopped when the database was away', async () => {
    const { engine, clock, ingest } = setup();
    const messages = [message(1, clock.now() - 2 * DAY_MS)];
    engine.failure = new Error('away');
    await expect(importHistory({ ingest, clock }, { messages })).rejects.toThrow('away');
    engine.failure = null;
    expect(await importHistory({ ingest, clock }, { messages })).toMatchObject({ imported: 1 });
  });
});
