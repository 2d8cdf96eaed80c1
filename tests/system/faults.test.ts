/**
 * Every vendor's bad days over real HTTP, all at once, on a product that is connected to all of them: each customer is
 * answered once, nobody is entered twice in CRM, nothing is lost and nothing doubled (G5, lessons F-34, F-35, F-44,
 * F-47). To see these fail: give a send a new `crmMessageId` at each try, create contacts by POST instead of upsert, or
 * let a failed look-up end the turn.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoubleServer, Fault } from '../../adapters/double/double-server.ts';
import { type JinaDouble, startJinaDouble } from '../../adapters/jina/double.ts';
import type { ModelFault } from '../../adapters/openrouter/double.ts';
import { type QdrantDouble, startQdrantDouble } from '../../adapters/qdrant/double.ts';
import { startTelegramDouble, type TelegramDouble } from '../../adapters/telegram/double.ts';
import { startWhisperDouble, type WhisperDouble } from '../../adapters/whisper/double.ts';
import { VOICE_SAMPLES } from '../../adapters/whisper/voice-samples.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  pause,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

let db: TestDatabase;
let doubles: Doubles;
let telegram: TelegramDouble;
let whisper: WhisperDouble;
let jina: JinaDouble;
let qdrant: QdrantDouble;
let product: Product;

beforeAll(async () => {
  [db, doubles, telegram, whisper, jina, qdrant] = await Promise.all([
    testDatabase(),
    startDoubles(),
    startTelegramDouble(),
    startWhisperDouble(),
    startJinaDouble(),
    startQdrantDouble(),
  ]);
  const env = {
    ...doubles.env,
    TELEGRAM_BASE_URL: telegram.url,
    WHISPER_BASE_URL: whisper.url,
    JINA_BASE_URL: jina.url,
    QDRANT_URL: qdrant.url,
  };
  product = await startProduct({ databaseUrl: db.url, env });
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  const found = async () =>
    (await product.api('GET', '/products/search?q=chair&limit=1')).body.items.length > 0;
  await until('the catalog', found);
});

afterAll(async () => {
  await product.stop();
  await Promise.all([doubles, telegram, whisper, jina, qdrant].map((double) => double.close()));
  await db.drop();
});

/** Far beyond the longest wait between two tries that a fault can cause. */
const PATIENCE_MS = 90_000;
/** Long enough for a second copy to show itself. */
const SETTLE_MS = 1500;
/** One question each: an embedding that was made for another customer would be taken from the cache. */
const question = (nth: number) => `Do you have office chairs below ${300 + nth} AED?`;

const contactsOf = (phone: string) =>
  [...doubles.zoho.state.crm.contacts.values()].filter((contact) =>
    [contact.Phone, contact.Mobile].some((written) => String(written ?? '').endsWith(phone)),
  );

type How = Omit<Fault, 'path' | 'method' | 'about'>;
const BROKEN: How = { respond: { status: 500, body: '<html>Bad gateway</html>' } };
const GARBLED: How = {
  respond: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>{"data":' },
};
const BUSY: How = { respond: { status: 429, headers: { 'retry-after': '1' }, body: {} } };
const CUT: How = { dropBefore: true };
const LOST: How = { dropAfter: true };
const SLOW: How = { slowBodyMs: 3 };
/** Beyond the time-out of one try: the vendor does it after we gave up. */
const late = (delayMs: number): How => ({ delayMs });

type Begin = (phone: string) => void;
interface Case {
  readonly name: string;
  readonly begin: Begin;
  readonly speaks?: true;
}

const begin =
  (server: () => DoubleServer, where: Pick<Fault, 'path' | 'method'>, how: How, times = 1): Begin =>
  () =>
    server().addFault({ ...where, ...how, times });
/** For this customer alone. */
const aimed =
  (
    server: () => DoubleServer,
    where: Pick<Fault, 'path' | 'method'>,
    how: How,
    mark: (phone: string) => string = (phone) => phone,
  ): Begin =>
  (phone) =>
    server().addFault({ ...where, ...how, about: new RegExp(mark(phone)), times: 1 });

const wazzup = (how: How) => aimed(() => doubles.wazzup.server, { method: 'POST', path: /\/message$/ }, how);
const crmSearch = (how: How) =>
  aimed(() => doubles.zoho.server, { method: 'GET', path: /\/crm\/v8\/Contacts\/search/ }, how);
const crmWrite = (how: How) =>
  aimed(() => doubles.zoho.server, { method: 'POST', path: /\/crm\/v8\/Contacts/ }, how);
const stock = (how: How) => begin(() => doubles.zoho.server, { method: 'GET', path: /\/items$/ }, how, 3);
const embedding = (how: How) => begin(() => jina.server, { method: 'POST', path: /embeddings$/ }, how);
const vectors = (how: How) => begin(() => qdrant.server, { method: 'POST', path: /points\/query/ }, how);
const hearing = (how: How) => begin(() => whisper.server, { path: /transcriptions$/ }, how);
/** As `session_id` names the conversation: without its phone. */
const session = (phone: string) =>
  createHash('sha256')
    .update(`treejar:${conversationOf(phone)}`)
    .digest('hex')
    .slice(0, 32);
const model = (how: How) =>
  aimed(() => doubles.openrouter.server, { path: /chat\/completions$/ }, how, session);
const spoiled =
  (fault: ModelFault): Begin =>
  () =>
    doubles.openrouter.fail(fault);
const modelError = (status: number, code: number, error_type: string): How => ({
  respond: { status, body: { error: { code, message: 'it failed', metadata: { error_type } } } },
});

const CASES: readonly Case[] = [
  { name: 'Wazzup answers 500', begin: wazzup(BROKEN) },
  { name: 'Wazzup breaks the connection', begin: wazzup(CUT) },
  { name: 'Wazzup takes the message and loses the answer', begin: wazzup(LOST) },
  { name: 'Wazzup takes the message and trickles the answer', begin: wazzup(SLOW) },
  { name: 'Wazzup takes the message after we gave up', begin: wazzup(late(16_000)) },
  { name: 'Wazzup has enough for the moment', begin: wazzup(BUSY) },
  { name: 'Wazzup speaks no JSON', begin: wazzup(GARBLED) },
  { name: 'CRM’s search answers 500', begin: crmSearch(BROKEN) },
  { name: 'CRM’s search breaks the connection', begin: crmSearch(CUT) },
  { name: 'CRM’s search takes for ever', begin: crmSearch(late(12_000)) },
  { name: 'CRM’s search speaks no JSON', begin: crmSearch(GARBLED) },
  { name: 'CRM’s search has enough for the moment', begin: crmSearch(BUSY) },
  { name: 'CRM’s search trickles its answer', begin: crmSearch(SLOW) },
  { name: 'CRM refuses to enter with 500', begin: crmWrite(BROKEN) },
  { name: 'CRM enters the contact and loses the answer', begin: crmWrite(LOST) },
  { name: 'CRM enters the contact and speaks no JSON', begin: crmWrite(GARBLED) },
  { name: 'CRM enters the contact and has enough', begin: crmWrite(BUSY) },
  { name: 'Inventory answers 500', begin: stock(BROKEN) },
  { name: 'Inventory breaks the connection', begin: stock(LOST) },
  { name: 'Inventory speaks no JSON', begin: stock(GARBLED) },
  { name: 'Inventory trickles its answers', begin: stock({ slowBodyMs: 1 }) },
  {
    name: 'Inventory is asked too much at once',
    begin: stock({ respond: { status: 429, body: { code: 1070, message: 'too many at once' } } }),
  },
  { name: 'Zoho forgets all its tokens', begin: () => doubles.zoho.state.oauth.invalidateTokens() },
  { name: 'the model answers 500', begin: model(modelError(500, 500, 'server')) },
  { name: 'the model has enough for the moment', begin: model(modelError(429, 429, 'rate_limit_exceeded')) },
  { name: 'the model’s account is refused', begin: model(modelError(401, 401, 'authentication')) },
  { name: 'the model fails inside a 200', begin: model(modelError(200, 502, 'provider_unavailable')) },
  { name: 'the model speaks no JSON', begin: model(GARBLED) },
  { name: 'the model loses its answer', begin: model(LOST) },
  { name: 'the model trickles its answer', begin: model({ slowBodyMs: 1 }) },
  { name: 'the model breaks off in the middle', begin: spoiled('stream-cut') },
  { name: 'the model writes broken arguments', begin: spoiled('invalid-arguments') },
  { name: 'Jina answers 500', begin: embedding(BROKEN) },
  { name: 'Jina breaks the connection', begin: embedding(CUT) },
  { name: 'Jina speaks no JSON', begin: embedding(GARBLED) },
  { name: 'Jina has enough for the moment', begin: embedding(BUSY) },
  { name: 'Jina trickles its answer', begin: embedding({ slowBodyMs: 1 }) },
  { name: 'Qdrant answers 500', begin: vectors(BROKEN) },
  { name: 'Qdrant breaks the connection', begin: vectors(CUT) },
  { name: 'Qdrant speaks no JSON', begin: vectors(GARBLED) },
  { name: 'Qdrant has enough for the moment', begin: vectors(BUSY) },
  { name: 'Qdrant trickles its answer', begin: vectors({ slowBodyMs: 1 }) },
  { name: 'Whisper answers 500', begin: hearing(BROKEN), speaks: true },
  { name: 'Whisper loses its answer', begin: hearing(LOST), speaks: true },
  { name: 'Whisper speaks no JSON', begin: hearing(GARBLED), speaks: true },
  { name: 'Whisper has enough for the moment', begin: hearing(BUSY), speaks: true },
  { name: 'Whisper trickles its answer', begin: hearing(SLOW), speaks: true },
];

const phoneOf = (index: number) => `97150700${String(1000 + index)}`;
const CUSTOMERS = CASES.map((one, index) => ({ ...one, phone: phoneOf(index), words: question(index) }));

const speak = async (phone: string): Promise<void> => {
  const sample = VOICE_SAMPLES.find(({ name }) => name === 'english');
  if (!sample) throw new Error('there is no English sample');
  const contentUri = doubles.wazzup.putFile(sample.bytes, sample.fileName, sample.mime);
  await doubles.wazzup.simulator.customerWrites({ chatId: phone, kind: 'audio', contentUri });
};

const write = async ({ phone, words, speaks }: (typeof CUSTOMERS)[number]): Promise<void> => {
  if (speaks) return speak(phone);
  expect((await product.webhook({ messages: [inbound(phone, words)] })).status).toBe(200);
};

/** Names of the cases, so that a failure says which day it was. */
const casesWhere = (matches: (phone: string) => boolean) =>
  CUSTOMERS.filter(({ phone }) => matches(phone)).map(({ name }) => name);

describe('vendors that fail', () => {
  it('answer each customer all the same', async () => {
    for (const customer of CUSTOMERS) customer.begin(customer.phone);
    await Promise.all(CUSTOMERS.map(write));
    const silent = () => casesWhere((phone) => replies(doubles, phone).length === 0);
    await until('all replies', () => silent().length === 0, PATIENCE_MS).catch(() => undefined);
    expect(silent()).toEqual([]);
  });

  it('lose and double nothing: one reply and one contact for each customer, each event applied once', async () => {
    const outside = () => casesWhere((phone) => contactsOf(phone).length === 0);
    await until('every customer in CRM', () => outside().length === 0, PATIENCE_MS).catch(() => undefined);
    await pause(SETTLE_MS);
    expect(outside()).toEqual([]);
    expect(casesWhere((phone) => replies(doubles, phone).length !== 1)).toEqual([]);
    expect(casesWhere((phone) => contactsOf(phone).length !== 1)).toEqual([]);
    const { rows } = await db.pool.query(
      'select count(*)::int as all, count(distinct (actor_id, event_id))::int as different from journal',
    );
    expect(rows[0].all).toBe(rows[0].different);
    // Every one of these days has come.
    const servers = [doubles.wazzup, doubles.zoho, doubles.openrouter, whisper, jina, qdrant];
    expect(servers.flatMap(({ server }) => server.faultsLeft())).toEqual([]);
  });

  const TELEGRAM_DAYS: readonly (readonly [string, Begin])[] = [
    ['500s', () => telegram.fail({ kind: 'server' }, 2)],
    ['429s', () => telegram.fail({ kind: 'rate_limited', retryAfterSeconds: 1 })],
    ['broken connections', begin(() => telegram.server, { path: /sendMessage$/ }, CUT)],
    ['answers that are no JSON', begin(() => telegram.server, { path: /sendMessage$/ }, GARBLED)],
    ['trickling answers', begin(() => telegram.server, { path: /sendMessage$/ }, SLOW)],
  ];

  it.each(TELEGRAM_DAYS)(
    'keep an alert until Telegram takes it through %s, and tell it once',
    async (name, fail) => {
      const phone = `97150701${1000 + TELEGRAM_DAYS.findIndex(([day]) => day === name)}`;
      fail(phone);
      await product.webhook({ messages: [inbound(phone, 'I want to talk to a human manager, please')] });
      const alerts = () => telegram.messages().filter(({ plain }) => plain.includes(phone.slice(-4)));
      await until('the alert', () => alerts().length > 0, PATIENCE_MS);
      expect(alerts()).toHaveLength(1);
    },
  );

  it('that refuse our key show the reply as failed, tell a manager, and serve the next message', async () => {
    const phone = '971507003000';
    wazzup({ respond: { status: 401, body: { error: 'UNAUTHORIZED' } } })(phone);
    await product.webhook({ messages: [inbound(phone, question(900))] });
    const said = async () =>
      (await product.api('GET', `/conversations/${conversationOf(phone)}/messages`)).body.items ?? [];
    await until(
      'the failed reply',
      async () => (await said()).some(({ status }: { status: string }) => status === 'failed'),
      PATIENCE_MS,
    );
    expect(replies(doubles, phone)).toEqual([]);
    await until(
      'the alert',
      () => telegram.messages().some(({ plain }) => plain.includes(phone.slice(-4))),
      PATIENCE_MS,
    );
    await product.webhook({ messages: [inbound(phone, question(901))] });
    await until('the next reply', () => replies(doubles, phone).length > 0, PATIENCE_MS);
  });

  it('of whom Zoho has taken the rights away leaves the bot talking, and the health says it', async () => {
    doubles.zoho.state.oauth.error = 'invalid_code';
    doubles.zoho.state.oauth.invalidateTokens();
    const phone = '971507002001';
    await product.webhook({ messages: [inbound(phone, question(999))] });
    await until('the reply', () => replies(doubles, phone).length > 0, PATIENCE_MS);
    await until(
      'the customer without CRM',
      async () =>
        (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body.customer?.kind ===
        'unavailable',
      PATIENCE_MS,
    );
    const { components } = (await product.api('GET', '/health')).body;
    for (const vendor of [
      'wazzup',
      'openrouter',
      'zoho-crm',
      'zoho-inventory',
      'zoho-accounts',
      'telegram',
    ]) {
      expect(components[vendor].detail).toMatchObject({ circuit: expect.any(String) });
    }
    expect(components['zoho-crm'].detail.lastFailure).not.toBeNull();
    doubles.zoho.state.oauth.error = null;
  });
});
