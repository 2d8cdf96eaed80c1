/**
 * Every vendor's bad days over real HTTP, one after the other: each customer is answered once, nobody is entered twice in
 * CRM, nothing is lost and nothing doubled (G5, lessons F-34, F-35, F-44, F-47). To see these fail: give a send a new
 * `crmMessageId` at each try, create contacts by POST instead of upsert, or let a failed look-up end the turn.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFault } from '../../adapters/openrouter/double.ts';
import { startTelegramDouble, type TelegramDouble } from '../../adapters/telegram/double.ts';
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
let product: Product;

beforeAll(async () => {
  [db, doubles, telegram] = await Promise.all([testDatabase(), startDoubles(), startTelegramDouble()]);
  const env = { ...doubles.env, TELEGRAM_BASE_URL: telegram.url };
  product = await startProduct({ databaseUrl: db.url, env });
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  const found = async () =>
    (await product.api('GET', '/products/search?q=chair&limit=1')).body.items.length > 0;
  await until('the catalog', found);
});

afterAll(async () => {
  await product.stop();
  await Promise.all([doubles.close(), telegram.close()]);
  await db.drop();
});

/** Far beyond the longest wait between two tries that a fault can cause. */
const PATIENCE_MS = 60_000;
/** Long enough for a second copy to show itself. */
const SETTLE_MS = 1500;
const QUESTION = 'Do you have office chairs?';

const contactsOf = (phone: string) =>
  [...doubles.zoho.state.crm.contacts.values()].filter((contact) =>
    [contact.Phone, contact.Mobile].some((written) => String(written ?? '').endsWith(phone)),
  );

const BROKEN = { status: 500, body: '<html>Bad gateway</html>' };
const GARBLED = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>{"data":' };
const BUSY = { status: 429, headers: { 'retry-after': '1' }, body: {} };
const send = { method: 'POST', path: /\/message$/ };
const crm = { path: /\/crm\/v8\/Contacts/ };
const stock = { method: 'GET', path: /\/items$/ };

const wazzup = (fault: object) => () => doubles.wazzup.server.addFault({ ...send, ...fault });
const zoho = (what: object, fault: object) => () => doubles.zoho.server.addFault({ ...what, ...fault });
const model = (fault: ModelFault) => () => doubles.openrouter.fail(fault);

const FAULTS: readonly (readonly [name: string, begin: () => void])[] = [
  ['Wazzup answers 500', wazzup({ times: 1, respond: BROKEN })],
  ['Wazzup breaks the connection', wazzup({ times: 1, dropBefore: true })],
  ['Wazzup takes the message and loses the answer', wazzup({ times: 1, dropAfter: true })],
  ['Wazzup takes the message and trickles the answer', wazzup({ times: 1, slowBodyMs: 5 })],
  ['Wazzup has enough for the moment', wazzup({ times: 1, respond: BUSY })],
  ['CRM answers 500', zoho(crm, { times: 2, respond: BROKEN })],
  [
    'CRM enters the contact and loses the answer',
    zoho({ ...crm, method: 'POST' }, { times: 1, dropAfter: true }),
  ],
  ['CRM speaks no JSON', zoho(crm, { times: 1, respond: GARBLED })],
  ['CRM has enough for the moment', zoho(crm, { times: 1, respond: BUSY })],
  ['CRM trickles its answers', zoho(crm, { times: 2, slowBodyMs: 2 })],
  ['Zoho forgets all its tokens', () => doubles.zoho.state.oauth.invalidateTokens()],
  ['Inventory answers 500', zoho(stock, { times: 3, respond: BROKEN })],
  ['Inventory breaks the connection', zoho(stock, { times: 3, dropAfter: true })],
  ['Inventory speaks no JSON', zoho(stock, { times: 3, respond: GARBLED })],
  ['the model answers 500', model('500')],
  ['the model has enough for the moment', model('429')],
  ['the model fails inside a 200', model('error-in-200')],
  ['the model speaks no JSON', model('not-json')],
  ['the model breaks off in the middle', model('stream-cut')],
  ['the model writes broken arguments', model('invalid-arguments')],
];

describe('a vendor that fails', () => {
  const phoneOf = (index: number) => `97150700${String(1000 + index)}`;

  it.each(FAULTS.map(([name, begin], index) => ({ name, begin, phone: phoneOf(index) })))(
    'answers the customer when $name',
    async ({ begin, phone }) => {
      begin();
      expect((await product.webhook({ messages: [inbound(phone, QUESTION)] })).status).toBe(200);
      await until('the reply', () => replies(doubles, phone).length > 0, PATIENCE_MS);
    },
  );

  it('loses and doubles nothing: one reply and one contact for each customer, each event applied once', async () => {
    const phones = FAULTS.map((_, index) => phoneOf(index));
    const entered = () => phones.every((phone) => contactsOf(phone).length > 0);
    await until('every customer in CRM', entered, PATIENCE_MS);
    await pause(SETTLE_MS);
    expect(phones.map((phone) => [phone, replies(doubles, phone).length])).toEqual(
      phones.map((phone) => [phone, 1]),
    );
    expect(phones.map((phone) => [phone, contactsOf(phone).length])).toEqual(
      phones.map((phone) => [phone, 1]),
    );
    const { rows } = await db.pool.query(
      'select count(*)::int as all, count(distinct (actor_id, event_id))::int as different from journal',
    );
    expect(rows[0].all).toBe(rows[0].different);
  });

  it('keeps an alert until Telegram takes it, and tells it once', async () => {
    telegram.fail({ kind: 'server' }, 2);
    const phone = '971507002000';
    await product.webhook({ messages: [inbound(phone, 'I want to talk to a human manager, please')] });
    const alerts = () => telegram.messages().filter(({ plain }) => plain.includes(phone.slice(-4)));
    await until('the alert', () => alerts().length > 0, PATIENCE_MS);
    await pause(SETTLE_MS);
    expect(alerts()).toHaveLength(1);
  });

  it('of whom Zoho has taken the rights away leaves the bot talking, and the health says it', async () => {
    doubles.zoho.state.oauth.error = 'invalid_code';
    doubles.zoho.state.oauth.invalidateTokens();
    const phone = '971507002001';
    await product.webhook({ messages: [inbound(phone, QUESTION)] });
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
