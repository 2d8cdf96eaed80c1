import { createHmac } from 'node:crypto';
import { Redacted } from 'effect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../adapters/wazzup/webhook.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { EngineBusy, InvalidEvent } from '../engine/errors.ts';
import { makeIngest } from './ingest.ts';
import { makeMetrics } from './metrics.ts';
import { fakeClock, fakeEngine, fakeLog } from './test-fakes.ts';
import { makeWebhook, OUTCOMES } from './webhook.ts';
import { makeWebhookStore, UNMATCHED_TTL_MS } from './webhook-store.ts';

const CHANNEL = '3d1f0f6a-0000-4000-8000-00000000c001';
const CHAT = '15555550142';
const CONVERSATION = `wz:${CHANNEL}:${CHAT}`;
const SECRET = 'a-long-webhook-secret';
const TEXT = 'the customer said this';
const REQUEST_ID = '0123456789abcdef';

const message = (over: Record<string, unknown> = {}) => ({
  messageId: 'm1',
  channelId: CHANNEL,
  chatType: 'whatsapp',
  chatId: CHAT,
  dateTime: '2026-01-15T10:20:30.123Z',
  type: 'text',
  status: 'inbound',
  text: TEXT,
  authorType: 'client',
  isEcho: false,
  contact: { name: 'Alex' },
  ...over,
});

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  await db.drop();
});
beforeEach(async () => {
  await db.pool.query('truncate webhook_quarantine, unmatched_status, message');
});

const setup = () => {
  const mailbox = { full: false };
  const engine = fakeEngine();
  const clock = fakeClock();
  const metrics = makeMetrics();
  const log = fakeLog();
  const store = makeWebhookStore(db.pool);
  const ingest = makeIngest({ engine, store, clock, channelIds: new Set([CHANNEL]) });
  const webhook = makeWebhook({
    secret: Redacted.make(SECRET),
    decode: decodeWebhook,
    ingest,
    metrics,
    clock,
    log,
    maxBodyBytes: 100_000,
    isFull: () => mailbox.full,
  });
  const bearer = { authorization: `Bearer ${SECRET}`, signature: '', pathSecret: null };
  const post = (body: unknown, origin = bearer) =>
    webhook.handle(origin, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), REQUEST_ID);
  const quarantine = async () => (await db.pool.query('select path, reason from webhook_quarantine')).rows;
  const items = (result: string) => metrics.value('treejar_webhook_items_total', { result });
  return { mailbox, engine, clock, metrics, log, store, ingest, webhook, post, quarantine, items };
};

const sentMessage = (providerId: string) =>
  db.pool.query(
    `insert into message (conversation_id, message_id, provider_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
     values ($1, $2, $2, 'bot', 'text', 'x', 'sent', 1, 1, 1, 1)`,
    [CONVERSATION, providerId],
  );

describe('the webhook', () => {
  it('is in the numbers from the start at zero, so that an alert sees the first of a kind', () => {
    const { metrics } = setup();
    for (const outcome of OUTCOMES) {
      expect(metrics.render()).toContain(`treejar_webhook_total{outcome="${outcome}"} 0\n`);
    }
    expect(metrics.render()).toContain('treejar_webhook_items_total{result="quarantined"} 0\n');
  });

  it('delivers a message and answers only when it is durable', async () => {
    const { engine, post } = setup();
    const answer = await post({ messages: [message()] });
    expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(engine.delivered).toEqual([
      {
        actorId: CONVERSATION,
        kind: 'conversation',
        eventId: 'm1',
        cause: 'customer',
        sentAt: Date.parse('2026-01-15T10:20:30.123Z'),
        body: expect.objectContaining({
          type: 'customer.message',
          text: TEXT,
          kind: 'text',
          contactName: 'Alex',
        }),
      },
    ]);
  });

  it('answers 200 to a repeated delivery, with no second effect', async () => {
    const { engine, post, items } = setup();
    await post({ messages: [message()] });
    expect((await post({ messages: [message()] })).status).toBe(200);
    expect(engine.delivered).toHaveLength(1);
    expect(items('duplicate')).toBe(1);
  });

  it('answers the probe of a subscription', async () => {
    const { engine, post } = setup();
    expect((await post({ test: true })).status).toBe(200);
    expect(engine.delivered).toEqual([]);
  });

  it('tells every kind of item apart by its event id', async () => {
    const { engine, post } = setup();
    await post({
      messages: [
        message(),
        message({
          messageId: 'm2',
          isEcho: true,
          authorType: 'manager',
          status: 'sent',
          text: 'from the phone',
        }),
        message({ messageId: 'm1', isEdited: true, text: 'edited' }),
        message({ messageId: 'm1', isDeleted: true }),
      ],
    });
    const ids = engine.delivered.map((event) => [
      event.body.type,
      event.eventId.replace(/[0-9a-f]{16}$/, 'hash'),
    ]);
    expect(ids).toContainEqual(['customer.message', 'm1']);
    expect(ids).toContainEqual(['channel.echo', 'm2:echo']);
    expect(ids).toContainEqual(['customer.edited', 'm1:edited:hash']);
    expect(ids).toContainEqual(['customer.deleted', 'm1:deleted']);
  });

  it('counts and ignores an unknown channel, and groups', async () => {
    const { engine, post, items } = setup();
    const answer = await post({
      messages: [
        message({ channelId: '3d1f0f6a-0000-4000-8000-00000000ffff' }),
        message({ chatType: 'whatsgroup' }),
      ],
    });
    expect(answer.status).toBe(200);
    expect(engine.delivered).toEqual([]);
    expect([items('unknown_channel'), items('chat_type')]).toEqual([1, 1]);
  });

  it('stores the good items, and keeps the bad ones for an operator, once', async () => {
    const { engine, post, quarantine, items } = setup();
    const body = { messages: [message(), { messageId: 'm9', text: 'no \u0000 chat' }, 7] };
    expect((await post(body)).status).toBe(200);
    await post(body);
    expect(engine.delivered.map((event) => event.eventId)).toEqual(['m1']);
    expect(await quarantine()).toHaveLength(2);
    expect(items('quarantined')).toBe(4);
  });

  it('takes JSON of any shape', async () => {
    const { post } = setup();
    for (const body of ['null', '[]', '7', '"x"', '{}', '{"messages":{}}', '{"statuses":[null]}']) {
      expect((await post(body)).status).toBe(200);
    }
  });

  it('answers 400 to what is not JSON, not UTF-8 or too deep, and stores nothing', async () => {
    const { engine, webhook, post, quarantine } = setup();
    expect((await post('{"messages":[')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    expect((await post('['.repeat(5000))).status).toBe(400);
    const origin = { authorization: `Bearer ${SECRET}`, signature: '', pathSecret: null };
    const broken = Buffer.concat([
      Buffer.from('{"messages":[{"text":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}]}'),
    ]);
    expect((await webhook.handle(origin, broken, REQUEST_ID)).status).toBe(400);
    expect(engine.delivered).toEqual([]);
    expect(await quarantine()).toEqual([]);
  });

  it('answers 413 to a body that is too large', async () => {
    const { post, engine } = setup();
    expect((await post({ messages: [message({ text: 'x'.repeat(100_001) })] })).status).toBe(413);
    expect(engine.delivered).toEqual([]);
  });

  it('asks the sender to come back when the engine cannot take it now', async () => {
    const { engine, post, log } = setup();
    engine.failure = new EngineBusy({ message: 'busy', retryable: true, retryAfterMs: 100 });
    const answer = await post({ messages: [message()] });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    engine.failure = new Error('connect ECONNREFUSED');
    expect((await post({ messages: [message()] })).status).toBe(503);
    engine.failure = null;
    expect((await post({ messages: [message()] })).status).toBe(200);
    expect(engine.delivered).toHaveLength(1);
    expect(log.lines.join()).not.toContain(TEXT);
    // Two refusals, and the one that is durable.
    expect(log.lines).toHaveLength(3);
    for (const line of log.lines) expect(line).toContain(`"requestId":"${REQUEST_ID}"`);
  });

  it('puts an event that the engine refuses for good aside, and takes the rest', async () => {
    const { engine, post, quarantine } = setup();
    const { deliver } = engine;
    Object.assign(engine, {
      deliver: (events: Parameters<typeof deliver>[0]) =>
        events.some((event) => event.eventId === 'bad')
          ? Promise.reject(new InvalidEvent({ message: 'too large', retryable: false }))
          : deliver(events),
    });
    const answer = await post({
      messages: [message(), message({ messageId: 'bad' }), message({ messageId: 'm3' })],
    });
    expect(answer.status).toBe(200);
    expect(engine.delivered.map((event) => event.eventId)).toEqual(['m1', 'm3']);
    expect(await quarantine()).toEqual([
      { path: 'customer.message', reason: 'the engine refused it (InvalidEvent)' },
    ]);
  });

  it('tells everybody to come back while the mailboxes are full, strangers still 401, and takes them again after', async () => {
    const { mailbox, engine, webhook, post, metrics } = setup();
    mailbox.full = true;
    const answer = await post({ messages: [message()] });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '15']);
    expect(webhook.early({ authorization: 'Bearer x', signature: '', pathSecret: null })?.status).toBe(401);
    expect(engine.delivered).toEqual([]);
    expect(metrics.value('treejar_webhook_total', { outcome: 'backlog' })).toBe(1);
    mailbox.full = false;
    expect((await post({ messages: [message()] })).status).toBe(200);
  });

  it('refuses everything with 503 once it is shutting down', async () => {
    const { engine, webhook, post } = setup();
    webhook.refuse();
    expect((await post({ messages: [message()] })).status).toBe(503);
    expect(engine.delivered).toEqual([]);
  });
});

describe('the origin of a webhook', () => {
  const body = JSON.stringify({ messages: [message()] });
  const sign = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const none = { authorization: '', signature: '', pathSecret: null as string | null };

  it.each([
    ['bearer', { ...none, authorization: `Bearer ${SECRET}` }],
    ['path', { ...none, pathSecret: SECRET }],
    ['signature', { ...none, signature: sign(SECRET) }],
    ['signature beside a wrong bearer', { ...none, authorization: 'Bearer x', signature: sign(SECRET) }],
  ])('is proven by %s', async (_name, origin) => {
    const { post, engine } = setup();
    expect((await post(body, origin as never)).status).toBe(200);
    expect(engine.delivered).toHaveLength(1);
  });

  it.each([
    ['nothing', none],
    ['a wrong bearer', { ...none, authorization: `Bearer ${SECRET}x` }],
    ['an empty bearer', { ...none, authorization: 'Bearer ' }],
    ['an empty path', { ...none, pathSecret: '' }],
    ['another scheme', { ...none, authorization: `Basic ${SECRET}` }],
    ['a signature by another secret', { ...none, signature: sign('other') }],
    ['a signature of nothing', { ...none, signature: 'sha256=' }],
  ])('is not proven by %s: 401 before anything is parsed', async (_name, origin) => {
    const { post, engine, quarantine } = setup();
    expect((await post(body, origin as never)).status).toBe(401);
    expect((await post('not json', origin as never)).status).toBe(401);
    expect(engine.delivered).toEqual([]);
    expect(await quarantine()).toEqual([]);
  });
});

describe('a status', () => {
  const status = (over: Record<string, unknown> = {}) => ({
    statuses: [{ messageId: 'p1', timestamp: '2026-01-15T10:20:34.000Z', status: 'delivered', ...over }],
  });

  it('finds its conversation by the provider id', async () => {
    const { engine, post } = setup();
    await sentMessage('p1');
    expect((await post(status())).status).toBe(200);
    expect(engine.delivered).toMatchObject([
      {
        actorId: CONVERSATION,
        eventId: 'p1:delivered',
        body: { type: 'message.status', status: 'delivered' },
      },
    ]);
  });

  it('that comes before its message waits and is matched by the sweep, once', async () => {
    const { engine, post, ingest } = setup();
    await post(status());
    await post(status());
    expect(await ingest.sweep()).toEqual({ matched: 0, dropped: 0 });
    await sentMessage('p1');
    expect(await ingest.sweep()).toEqual({ matched: 1, dropped: 0 });
    expect(await ingest.sweep()).toEqual({ matched: 0, dropped: 0 });
    expect(engine.delivered).toMatchObject([{ actorId: CONVERSATION, eventId: 'p1:delivered' }]);
    expect(engine.delivered[0]?.sentAt).toBe(Date.parse('2026-01-15T10:20:34.000Z'));
  });

  it('keeps waiting when the delivery fails', async () => {
    const { engine, post, ingest } = setup();
    await post(status());
    await sentMessage('p1');
    engine.failure = new Error('away');
    await expect(ingest.sweep()).rejects.toThrow('away');
    engine.failure = null;
    expect((await ingest.sweep()).matched).toBe(1);
  });

  it('of a foreign message is dropped after ten minutes', async () => {
    const { clock, post, ingest } = setup();
    await post(status());
    clock.advance(UNMATCHED_TTL_MS + 1);
    expect(await ingest.sweep()).toEqual({ matched: 0, dropped: 1 });
  });
});

describe('the queries of the webhook', () => {
  it('use their indexes', async () => {
    const client = await db.pool.connect();
    try {
      await client.query('set enable_seqscan = off');
      const plan = async (sql: string, values: unknown[] = []) => {
        const { rows } = await client.query(`explain ${sql}`, values);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      };
      const lookUp = 'select provider_id, conversation_id from message where provider_id = any($1)';
      expect(await plan(lookUp, [['p1', 'p2']])).toContain('message_provider');
      const sweep = 'select 1 from unmatched_status u join message m on m.provider_id = u.message_id';
      expect(await plan(`${sweep} order by u.received_at limit 500`)).toContain('message_provider');
    } finally {
      client.release(true);
    }
  });
});
