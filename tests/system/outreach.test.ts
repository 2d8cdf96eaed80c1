/**
 * Follow-ups at the wire: sent once when nobody answers, ended by a reply, a person or a STOP, and told beforehand by the
 * dry run. To see these fail: let the gate forget who asked (the crash sends twice), or leave out a stop of domain 17.4.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optedOutLine } from '../../machines/conversation/texts.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  freePort,
  type Product,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

let db: TestDatabase;
let doubles: Doubles;
let port: number;
let product: Product;

const start = () =>
  startProduct({
    databaseUrl: db.url,
    // The second step is an hour away: nothing but the first one happens by itself.
    env: { ...doubles.env, FOLLOW_UP_DELAYS: '1500ms,1h,2h', BUSINESS_HOURS: 'always' },
    port,
  });

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  port = await freePort();
  product = await start();
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  await until(
    'the catalog',
    async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
  );
  await until('the channel to be known', async () =>
    (await product.api('GET', '/channels')).body.items.some(
      (one: { mayReachOut: boolean }) => one.mayReachOut,
    ),
  );
  const put = await product.api('PUT', '/admin/settings', {
    followUps: { enabled: true, maxPerRun: 100 },
    texts: { 'followUp.1.en': 'Did it suit you, {{name}}? ({{number}})' },
  });
  expect(put.status).toBe(200);
});

afterAll(async () => {
  await product.stop();
  await doubles.close();
  await db.drop();
});

const write = (phone: string, text: string) =>
  doubles.wazzup.simulator.customerWrites({ chatId: phone, name: 'Omar Said', text });
const view = async (phone: string) =>
  (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body;
const reaches = (phone: string, state: string) =>
  until(state, async () => ((await view(phone)).states ?? []).some((one: string) => one.startsWith(state)));
const followUps = (phone: string) =>
  replies(doubles, phone).filter(({ text }) => text.startsWith('Did it suit you'));

const quote = async (phone: string) => {
  await write(
    phone,
    `Hi, please send me a quotation for 2 CH-616.
Name: Omar Said
Company: Falcon Trading
Email: omar${phone}@falcon.test
Address: Office 1203, Bay Square 4, Business Bay, Dubai`,
  );
  await until('the paper', () => replies(doubles, phone).some(({ contentUri }) => contentUri));
};

describe('follow-ups after a quotation (domain 17)', () => {
  it('a silent customer is written to once, and the dry run tells of the next step', async () => {
    const phone = '971508000001';
    await quote(phone);
    const [first] = await until('the follow-up', () => {
      const found = followUps(phone);
      return found.length > 0 ? found : null;
    });
    expect(first?.text).toMatch(/^Did it suit you, Omar Said\? \(\S+\)$/);
    await reaches(phone, 'outreach.armed.second');
    const due = await until('the plan', async () => {
      const { body } = await product.api('GET', '/outreach/due');
      return body.items.find(
        (item: { conversationId: string; step: number }) =>
          item.conversationId === conversationOf(phone) && item.step === 2,
      );
    });
    expect(due).toMatchObject({ kind: 'follow_up', verdict: 'send', templateId: null });
    expect(due.text).toMatch(/alternative/);
    expect(followUps(phone)).toHaveLength(1);
    await write(phone, 'Thank you, I am still thinking');
    await reaches(phone, 'outreach.stopped');
    const after = (await product.api('GET', '/outreach/due')).body.items;
    expect(after.map((item: { conversationId: string }) => item.conversationId)).not.toContain(
      conversationOf(phone),
    );
  });

  it('STOP is confirmed once and holds for ever, in our books and the CRM (domain 20.1)', async () => {
    const phone = '971508000002';
    await quote(phone);
    await write(phone, 'STOP');
    await until('the confirmation', () =>
      replies(doubles, phone).some(({ text }) => text === optedOutLine('en')),
    );
    await reaches(phone, 'outreach.optedOut');
    await until('the books', async () => {
      const { rows } = await db.pool.query('select 1 from opt_out where chat_id = $1', [phone]);
      return rows.length > 0;
    });
    await until('the CRM', () =>
      doubles.zoho.server.log.some(
        ({ path, body }) => path.endsWith('/Notes') && body.includes('No WhatsApp'),
      ),
    );
    await write(phone, 'stop');
    const before = replies(doubles, phone).length;
    await write(phone, 'Do you have meeting tables?');
    await until('an answer to a question', () => replies(doubles, phone).length > before);
    expect(replies(doubles, phone).filter(({ text }) => text === optedOutLine('en'))).toHaveLength(1);
  });

  it('a person who takes over ends them', async () => {
    const phone = '971508000003';
    await quote(phone);
    await product.api('POST', `/conversations/${conversationOf(phone)}/take-over`);
    await reaches(phone, 'outreach.stopped');
  });

  it('a process that dies while the follow-up leaves sends it once', async () => {
    const phone = '971508000004';
    await quote(phone);
    await reaches(phone, 'outreach.armed');
    await product.kill();
    product = await start();
    await until('the follow-up', () => followUps(phone).length > 0);
    await reaches(phone, 'outreach.armed.second');
    expect(followUps(phone)).toHaveLength(1);
  });

  it('switched off, the step is blocked and says so', async () => {
    await product.api('PUT', '/admin/settings', { followUps: { enabled: false } });
    const phone = '971508000005';
    await quote(phone);
    await reaches(phone, 'outreach.armed.second');
    expect((await view(phone)).context.outreach.last).toMatchObject({
      outcome: 'blocked',
      reason: 'disabled',
    });
    expect(followUps(phone)).toEqual([]);
    const run = await product.api('POST', '/outreach/run', { kinds: ['payment'] });
    expect(run.body.items).toEqual([
      { kind: 'payment', delivered: 0, known: 0, skipped: 'paymentReminders.mode is disabled' },
    ]);
  });
});
