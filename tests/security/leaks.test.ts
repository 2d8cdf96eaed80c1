/**
 * A customer who can be recognised buys in a shop whose secrets can be recognised, while vendors fail and quote them.
 * Afterwards nobody finds either in logs of any level, numbers, traces or error bodies (design 9).
 * To see it fail: log a vendor's answer, or put the text of a message into a span.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePool } from '../../adapters/postgres/pool.ts';
import { startTelegramDouble, type TelegramDouble } from '../../adapters/telegram/double.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  replies,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';
import { type Collector, type ExportedSpan, startCollector } from './collector.ts';

const PHONE = '971509182736';
const ID = conversationOf(PHONE);
const AT = `/conversations/${encodeURIComponent(ID)}`;
/** Of the customer; words that occur nowhere else. */
const PERSON = {
  phone: PHONE,
  name: 'Zenobia Quartermaine',
  company: 'Marzipan Lighthouse Trading',
  email: 'zenobia@marzipan-lighthouse.test',
  address: 'Office 4711, Periwinkle Tower',
  words: 'my cinnamon-coloured observatory',
  note: 'she collects porcelain ibexes',
  badItem: 'unreadable-heliotrope-payload',
} as const;
/** Of the shop, by the variable that holds them. */
const SECRETS = {
  WAZZUP_WEBHOOK_SECRET: 'canary-webhook-5e1f',
  ADMIN_API_TOKEN: 'canary-api-token-77ab',
  ADMIN_PASSWORD: 'canary-admin-password-19d0',
  SESSION_SECRET: 'canary-session-secret-c3b1-long-enough',
  WAZZUP_API_KEY: 'canary-wazzup-key-9a44',
  ZOHO_CLIENT_SECRET: 'canary-zoho-client-secret-b7e2',
  ZOHO_REFRESH_TOKEN: 'canary-zoho-refresh-token-04f6',
  OPENROUTER_API_KEY: 'canary-openrouter-key-6d3c',
  TELEGRAM_BOT_TOKEN: '123456:canary-telegram-token-2b90',
} as const;

let db: TestDatabase;
let doubles: Doubles;
let telegram: TelegramDouble;
let collector: Collector;
let product: Product;
const errors: string[] = [];
let numbers = '';
let audit = '';

const api = async (method: string, path: string, body?: unknown) => {
  const answer = await product.api(method, path, body, {
    authorization: `Bearer ${SECRETS.ADMIN_API_TOKEN}`,
  });
  if (answer.status >= 400) errors.push(`${method} ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

const REQUEST_ID = 'the-proxy-named-it-0001';
const hook = {
  authorization: `Bearer ${SECRETS.WAZZUP_WEBHOOK_SECRET}`,
  'x-request-id': REQUEST_ID,
};
const write = async (text: string, more: Record<string, unknown> = {}) => {
  const before = replies(doubles, PHONE).length;
  const message = inbound(PHONE, text, { contact: { name: PERSON.name }, ...more });
  expect((await product.webhook({ messages: [message] }, hook)).status).toBe(200);
  await until(`a reply to ${text.slice(0, 30)}`, () => replies(doubles, PHONE).length > before);
};

/** As a vendor quotes what it was sent. */
const QUOTING = {
  code: 'DUPLICATE_DATA',
  message: `${PERSON.name} ${PERSON.email} +${PHONE} ${PERSON.address} ${PERSON.words}`,
  error: { message: `bad key ${SECRETS.OPENROUTER_API_KEY} ${PERSON.words}` },
  description: `${SECRETS.WAZZUP_API_KEY} ${PERSON.email}`,
};

const failing = async (): Promise<void> => {
  doubles.wazzup.server.addFault({ path: /\/message$/, times: 2, respond: { status: 500, body: QUOTING } });
  doubles.zoho.server.addFault({ path: /\/crm\//, times: 3, respond: { status: 400, body: QUOTING } });
  doubles.zoho.server.addFault({ path: /\/inventory\//, times: 2, respond: { status: 500, body: QUOTING } });
  doubles.zoho.server.addFault({ path: /\/oauth\//, times: 1, respond: { status: 500, body: QUOTING } });
  telegram.server.addFault({ path: /sendMessage/, times: 1, respond: { status: 400, body: QUOTING } });
  doubles.openrouter.fail('400', 1);
  await write(`I furnish ${PERSON.words}`);
  doubles.openrouter.fail('html', 2);
  await write('Hello? I asked for desks');
  doubles.openrouter.reset();
  doubles.zoho.server.clearFaults();
  doubles.wazzup.server.clearFaults();
};

const brokenInput = async (): Promise<void> => {
  const bad = { messageId: 5, text: PERSON.badItem, chatId: PHONE, contact: { name: PERSON.name } };
  expect((await product.webhook({ messages: [bad] }, hook)).status).toBe(200);
  const cut = await product.webhook(`{"messages":[{"text":"${PERSON.words}"`, hook);
  errors.push(JSON.stringify(cut.body));
  const stranger = await product.webhook({ messages: [inbound(PHONE, PERSON.words)] }, {});
  errors.push(JSON.stringify(stranger.body));
  await api('POST', `${AT}/messages`, { text: PERSON.words, template: { id: 'x', values: [PERSON.name] } });
  await api('POST', `${AT}/notes`, { text: [PERSON.note] });
  await api('POST', `${AT}/release`, { note: PERSON.note });
  await api('POST', '/session', { email: PERSON.email, password: SECRETS.ADMIN_PASSWORD.repeat(2) });
  await api('POST', '/crm/deals', { name: PERSON.name, stage: 7 });
  await api('GET', `/referrals?phone=${PHONE}x`);
};

/** The product's connections end in the middle of a message: drivers' errors quote what they know. */
const brokenDatabase = async (): Promise<void> => {
  const name = new URL(db.url).pathname.slice(1);
  const admin = makePool(db.url.replace(/\/[^/]*$/, '/postgres'), {
    max: 1,
    applicationName: 'treejar-test-admin',
  });
  const body = { messages: [inbound(PHONE, `Is ${PERSON.words} too small?`)] };
  try {
    const sent = product.webhook(body, hook);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    const first = await sent;
    if (first.status !== 200) errors.push(JSON.stringify(first.body));
    await until('the webhook to be taken', async () => (await product.webhook(body, hook)).status === 200);
  } finally {
    await admin.end();
  }
};

const sale = async (): Promise<void> => {
  await until('the catalog', async () => (await api('GET', '/products?limit=1')).body.items?.length > 0);
  await write(`Hi, please send me a quotation for 2 CH-616.
Name: ${PERSON.name}
Company: ${PERSON.company}
Email: ${PERSON.email}
Address: ${PERSON.address}, Business Bay, Dubai`);
  await api('POST', `${AT}/take-over`);
  await api('POST', `${AT}/notes`, { text: PERSON.note });
  await api('POST', `${AT}/release`, { note: PERSON.note });
};

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  telegram = await startTelegramDouble();
  collector = await startCollector();
  product = await startProduct({
    databaseUrl: db.url,
    env: {
      ...doubles.env,
      ...SECRETS,
      TELEGRAM_BASE_URL: telegram.url,
      TELEGRAM_CHAT_ID: '-1001234567890',
      ADMIN_EMAIL: 'owner@shop.test',
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    },
  });
  await write('Hello');
  await failing();
  await brokenInput();
  await brokenDatabase();
  await sale();
  await until('traces of calls', () => collector.exported().includes('command sendMessage'));
  numbers = await (await fetch(`${product.url}/metrics`)).text();
  audit = JSON.stringify((await api('GET', '/admin/audit?limit=200')).body);
  await product.stop();
});

afterAll(async () => {
  collector.close();
  await telegram.close();
  await doubles.close();
  await db.drop();
});

/** What of the person and the shop is found in the text: the names of the canaries, never more of it than that. */
const foundIn = (text: string): readonly string[] => {
  const plain = text.toLowerCase();
  return Object.entries({ ...PERSON, ...SECRETS })
    .filter(([, value]) =>
      [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')].some(
        (way) => plain.includes(way.toLowerCase()),
      ),
    )
    .map(([name]) => name);
};

describe('the canaries', () => {
  it('went all the way: into the database and to the vendors', async () => {
    const { rows } = await db.pool.query<{ all: string }>(
      'select (select string_agg(m::text, chr(10)) from message m) || (select string_agg(s::text, chr(10)) from actor s) as all',
    );
    expect(foundIn(rows[0]?.all ?? '')).toEqual(
      expect.arrayContaining(['phone', 'words', 'email', 'company']),
    );
    const asked = JSON.stringify(doubles.wazzup.server.log);
    expect(foundIn(asked)).toEqual(expect.arrayContaining(['phone']));
  });

  it('are found in whatever way they are written', () => {
    expect(foundIn(`x ${PERSON.name.toUpperCase()} ${encodeURIComponent(PERSON.words)}`)).toEqual([
      'name',
      'words',
    ]);
    expect(foundIn(Buffer.from(SECRETS.SESSION_SECRET).toString('base64'))).toEqual(['SESSION_SECRET']);
  });
});

describe('nothing of the person or the shop is found in', () => {
  it('the log, at any level', () => {
    const levels = new Set([...product.output().matchAll(/^\{"level":"(\w+)"/gm)].map(([, level]) => level));
    expect([...levels]).toEqual(expect.arrayContaining(['info', 'warn']));
    expect(product.output()).toContain('a command failed');
    const leaking = product
      .output()
      .split('\n')
      .flatMap((line) => foundIn(line).map((name) => `${name}: ${line.slice(0, 300)}`));
    expect(leaking).toEqual([]);
  });

  it('the numbers', () => {
    expect(numbers).toMatch(/^treejar_vendor_calls_total\{vendor="wazzup"\} [1-9]/m);
    expect(foundIn(numbers)).toEqual([]);
  });

  it('the traces', () => {
    expect(collector.exported()).toContain('"spans"');
    expect(foundIn(collector.exported())).toEqual([]);
  });

  it('the bodies of errors', () => {
    expect(errors.length).toBeGreaterThanOrEqual(6);
    expect(errors.flatMap((body) => foundIn(body).map((name) => `${name}: ${body}`))).toEqual([]);
  });

  it('the audit as it is answered, where a conversation is told by a masked number', () => {
    expect(audit).toContain('manager.takeOver');
    expect(audit).toContain(':971509***2736');
    expect(foundIn(audit)).toEqual([]);
  });
});

describe('one message can be followed', () => {
  const attributeOf = (span: ExportedSpan | undefined, key: string): unknown =>
    span?.attributes.find((attribute) => attribute.key === key)?.value.stringValue;

  it('from the webhook over the step and its command to the call of the vendor, in one trace', () => {
    const all = collector.spans();
    const parentOf = (span: ExportedSpan): ExportedSpan | undefined =>
      all.find(({ spanId }) => spanId === span.parentSpanId);
    const wayTo = (span: ExportedSpan | undefined): readonly string[] =>
      span ? [...wayTo(parentOf(span)), span.name] : [];
    const trace = all.find(({ name }) => name === 'command think')?.traceId;
    const ways = all.filter(({ traceId }) => traceId === trace).map(wayTo);
    expect(ways.map((way) => way[0])).toEqual(ways.map(() => 'accept customer.message'));
    expect(ways).toContainEqual(['accept customer.message', 'apply customer.message']);
    const calls = ways.filter(([, command]) => command === 'command sendMessage').map((way) => way.at(-1));
    expect(calls).toContain('Wazzup.request');
  });

  it('from the id that the proxy gave its request to the conversation that logs and traces name', () => {
    const lines = product
      .output()
      .split('\n')
      .filter((line) => line.includes(REQUEST_ID));
    const stored = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'a webhook is durable');
    const accepted = collector.spans().find(({ name }) => name === 'accept customer.message');
    expect(stored?.actor).toBe(attributeOf(accepted, 'actor'));
    const failed = product
      .output()
      .split('\n')
      .find((line) => line.includes('a command failed'));
    expect(JSON.parse(failed ?? '{}').actor).toBe(stored?.actor);
  });
});
