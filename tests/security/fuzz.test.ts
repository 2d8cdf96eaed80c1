/**
 * Everything that strangers' bytes are read by, fed with noise and near misses. A decoder answers; it never throws, never
 * blames us (5xx) and lets nothing through that its own rules forbid. What is found goes to seeds/ and stays there.
 */
import { Redacted, Result, Schema } from 'effect';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWebhook, MAX_TEXT_CHARS } from '../../adapters/wazzup/webhook.ts';
import { TreejarApi } from '../../runtime/api/api.ts';
import { makeLiveHub } from '../../runtime/live/hub.ts';
import { parseClientMessage, parseTopic } from '../../runtime/live/protocol.ts';
import { makeIngest } from '../../runtime/server/ingest.ts';
import { MAX_JSON_DEPTH, parseJson } from '../../runtime/server/json.ts';
import { makeMetrics } from '../../runtime/server/metrics.ts';
import { fakeClock, fakeEngine, fakeLog, fakeViews } from '../../runtime/server/test-fakes.ts';
import { makeWebhook } from '../../runtime/server/webhook.ts';
import type { WebhookStore } from '../../runtime/server/webhook-store.ts';
import { inbound } from '../support/product.ts';
import { bytesOf, casesOf, jsonValue, nearMiss, seedsOf } from './inputs.ts';

const SECRET = 'webhook-secret-of-the-fuzz';
const PHONE = '971501234567';

const message = inbound(PHONE, 'I need ten desks', {
  quotedMessage: { messageId: 'q1', text: 'which?' },
  interactive: [{ text: 'Yes', payload: 'yes' }],
  contentUri: 'https://store.wazzup24.com/1/a.jpg',
  authorName: 'Aisha',
  isEdited: false,
});
const webhookBody = fc.oneof(
  { weight: 1, arbitrary: jsonValue },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        messages: fc.oneof(fc.array(nearMiss(message), { maxLength: 3 }), jsonValue),
        statuses: fc.array(
          nearMiss({ messageId: 'm1', status: 'delivered', timestamp: '2026-01-15T10:00:00Z', error: null }),
          { maxLength: 2 },
        ),
        channelsUpdates: fc.array(nearMiss({ channelId: message.channelId, state: 'active', timestamp: 1 }), {
          maxLength: 2,
        }),
        templateStatus: nearMiss({ templateGuid: 'g', name: 'n', status: 'approved' }),
        test: jsonValue,
      },
      { requiredKeys: [] },
    ),
  },
);

/** Stores nothing; what would be stored is looked at. */
const noStore = (kept: { id: string }[]): WebhookStore => ({
  conversationsOf: async () => new Map(),
  keepUnmatched: async (statuses) => void kept.push(...statuses.map(({ messageId }) => ({ id: messageId }))),
  matched: async () => [],
  forget: async () => undefined,
  dropUnmatched: async () => 0,
  quarantine: async () => undefined,
  quarantined: async () => [],
  quarantinedById: async () => null,
  release: async () => false,
  dropQuarantine: async () => undefined,
});

const receiver = () => {
  const engine = fakeEngine();
  const statuses: { id: string }[] = [];
  const clock = fakeClock();
  const webhook = makeWebhook({
    secret: Redacted.make(SECRET),
    decode: decodeWebhook,
    ingest: makeIngest({
      engine,
      store: noStore(statuses),
      clock,
      channelIds: new Set([message.channelId]),
    }),
    metrics: makeMetrics(),
    clock,
    log: fakeLog(),
    maxBodyBytes: 1_000_000,
    isFull: () => false,
  });
  const origin = { authorization: `Bearer ${SECRET}`, signature: '', pathSecret: null };
  return { engine, statuses, post: (body: Uint8Array) => webhook.handle(origin, body, 'fuzz') };
};

/** Postgres takes neither NUL nor half a character; an event without ids of its own cannot be told from another. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

const sound = async (bytes: Uint8Array): Promise<void> => {
  const { engine, statuses, post } = receiver();
  const { status } = await post(bytes);
  expect([200, 400]).toContain(status);
  if (status === 200) expect(parseJson(bytes).ok).toBe(true);
  for (const { id } of statuses) expect(id).toSatisfy((text: string) => text !== '' && isStorable(text));
  for (const event of engine.delivered) {
    expect(event.eventId).not.toBe('');
    expect(event.actorId).toMatch(/^wz:[^:]+:./s);
    expect(JSON.stringify(event)).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
    expect(isStorable(JSON.stringify(event))).toBe(true);
    expect(event.sentAt).toSatisfy((at: number) => Number.isSafeInteger(at) && at > 0);
    const { text } = event.body as { readonly text?: unknown };
    if (typeof text === 'string') expect(text.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
  }
};

describe('the webhook, fuzzed', () => {
  it.each(seedsOf('webhook'))('takes the kept input %s', async (_, bytes) => sound(bytes));

  it('answers 200 or 400 to any bytes, and delivers only what can be stored', async () => {
    await fc.assert(fc.asyncProperty(bytesOf(webhookBody), sound), { numRuns: casesOf(800) });
  }, 1_800_000);

  it('takes nothing for a right origin but the secret', async () => {
    const { engine } = receiver();
    const webhook = makeWebhook({
      secret: Redacted.make(SECRET),
      decode: () => {
        throw new Error('a stranger’s body was decoded');
      },
      ingest: makeIngest({ engine, store: noStore([]), clock: fakeClock(), channelIds: new Set() }),
      metrics: makeMetrics(),
      clock: fakeClock(),
      log: fakeLog(),
      maxBodyBytes: 1_000_000,
      isFull: () => false,
    });
    const near = fc.oneof(
      fc.string(),
      fc.nat(SECRET.length - 1).map((length) => SECRET.slice(0, length)),
      fc.string({ minLength: 1 }).map((more) => `${SECRET}${more.replaceAll(/\s/g, 'x')}`),
      fc.constantFrom(SECRET.toUpperCase(), `${SECRET}\u0000`, 'undefined', 'null', '[object Object]'),
    );
    const header = near.map((word) => `Bearer ${word}`);
    const origins = fc.record({
      authorization: fc.oneof(header, near, fc.constant('')),
      signature: fc.oneof(near, fc.stringMatching(/^sha256=[0-9a-f]{64}$/), fc.constant('')),
      pathSecret: fc.oneof(near, fc.constant(null)),
    });
    await fc.assert(
      fc.asyncProperty(origins, async (origin) => {
        expect((await webhook.handle(origin, Buffer.from('{"messages":[]}'), 'fuzz')).status).toBe(401);
      }),
      { numRuns: casesOf(500) },
    );
  }, 1_800_000);
});

const LISTENER = {
  kind: 'session',
  id: 'u1',
  email: 'a@shop.test',
  name: 'Aisha',
  role: 'viewer',
  csrfToken: null,
  sessionHash: null,
} as const;

const frame = fc.oneof(
  { weight: 1, arbitrary: jsonValue },
  { weight: 3, arbitrary: nearMiss({ subscribe: 'conversation:wz:c1:1', since: 3 }) },
  { weight: 1, arbitrary: nearMiss({ unsubscribe: 'conversations' }) },
  { weight: 1, arbitrary: nearMiss({ ping: 7 }) },
  { weight: 1, arbitrary: nearMiss({ presence: 'conversation:wz:c1:1', writing: true }) },
);

/** What the hub sends back to one text, all of it JSON. */
const hear = (text: string): void => {
  const understood = parseClientMessage(text);
  if (understood && 'subscribe' in understood) {
    const topic = parseTopic(understood.subscribe);
    if (topic?.kind === 'conversation') expect(understood.subscribe).toBe(`conversation:${topic.id}`);
    expect(understood.since ?? 0).toSatisfy((since: number) => Number.isSafeInteger(since) && since >= 0);
  }
  const engine = fakeEngine();
  const views = fakeViews(engine);
  const hub = makeLiveHub({
    engine,
    views,
    clock: fakeClock(),
    metrics: makeMetrics(),
    log: fakeLog(),
    numbers: async () => ({}),
  });
  const sent: { type: string }[] = [];
  const closed: number[] = [];
  const client = hub.connect(
    {
      send: (words) => void sent.push(JSON.parse(words)),
      bufferedBytes: () => 0,
      close: (code) => void closed.push(code),
    },
    LISTENER,
  );
  client?.received(text);
  client?.closed();
  hub.stop();
  expect(closed).toEqual([]);
  if (understood === null) expect(sent.map(({ type }) => type)).toEqual(['error']);
};

describe('frames of the live socket, fuzzed', () => {
  it.each(seedsOf('frame'))('takes the kept input %s', (_, bytes) => hear(bytes.toString()));

  it('are understood or refused by one answer, and never end the socket or the process', () => {
    fc.assert(
      fc.property(bytesOf(frame), (bytes) => hear(bytes.toString())),
      { numRuns: casesOf(800) },
    );
  }, 1_800_000);
});

describe('a JSON body, fuzzed', () => {
  it('is what JSON.parse reads, within the depth, or refused', () => {
    const brackets = fc
      .array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', '1', ':'), { maxLength: 300 })
      .map((parts) => Buffer.from(parts.join('')));
    const deep = fc.nat(200).map((depth) => Buffer.from(`${'['.repeat(depth)}1${']'.repeat(depth)}`));
    fc.assert(
      fc.property(fc.oneof(bytesOf(jsonValue), brackets, deep), (bytes) => {
        const read = parseJson(bytes);
        if (!read.ok) return;
        expect(read.value).toEqual(JSON.parse(bytes.toString().replace(/^\ufeff/, '')));
        expect(depthOf(read.value)).toBeLessThanOrEqual(MAX_JSON_DEPTH);
      }),
      { numRuns: casesOf(800) },
    );
  }, 1_800_000);
});

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((one) => depthOf(one)))
    : 0;

interface Defined {
  readonly method: string;
  readonly path: string;
  readonly payload: ReadonlyMap<string, { readonly schemas: readonly Schema.Top[] }>;
}
/** Each body that the API takes, by the name of its endpoint. */
const bodies = Object.values(TreejarApi.groups).flatMap((group) =>
  (Object.values(group.endpoints) as unknown as readonly Defined[]).flatMap(({ method, path, payload }) =>
    [...payload.values()].flatMap(({ schemas }) =>
      schemas.map((schema) => [`${method} ${path}`, schema] as const),
    ),
  ),
);

describe('bodies of the API, fuzzed', () => {
  it('are those of more than twenty endpoints', () => {
    expect(bodies.length).toBeGreaterThan(20);
  });

  it('are decoded or refused by each schema, without a fault', () => {
    const decoders = bodies.map(([name, schema]) => ({
      name,
      read: Schema.decodeUnknownResult(schema as Schema.Codec<unknown, unknown>),
    }));
    const words = ['text', 'note', 'title', 'body', 'id', 'email', 'role', 'phone', 'items', 'values', 'bot'];
    const loose = fc.dictionary(fc.constantFrom(...words), jsonValue);
    fc.assert(
      fc.property(fc.constantFrom(...decoders), fc.oneof(loose, jsonValue), ({ name, read }, body) => {
        const result = read(body);
        // What is refused can be told to whoever sent it.
        if (Result.isFailure(result)) expect(String(result.failure.message), name).not.toBe('');
      }),
      { numRuns: casesOf(2000) },
    );
  }, 1_800_000);
});
