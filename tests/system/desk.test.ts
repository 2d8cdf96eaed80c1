/** Managers answer customers from their Telegram group: once, in the customer's words, by whoever was asked (domain 8.6-8.8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const AISHA = { id: 501, first_name: 'Aisha' };
const OMAR = { id: 502, first_name: 'Omar' };

let db: TestDatabase;
let doubles: Doubles;
let telegram: TelegramDouble;
let product: Product;

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  telegram = await startTelegramDouble();
  product = await startProduct({
    databaseUrl: db.url,
    env: { ...doubles.env, TELEGRAM_BASE_URL: telegram.url },
  });
});

afterAll(async () => {
  await product.stop();
  await telegram.close();
  await doubles.close();
  await db.drop();
});

const detail = async (phone: string) =>
  (await product.api('GET', `/conversations/${encodeURIComponent(conversationOf(phone))}`)).body;
const got = (phone: string): readonly string[] => replies(doubles, phone).map(({ text }) => text ?? '');
const alertAbout = (phone: string) =>
  telegram.messages().findLast((one) => one.plain.includes(phone.slice(-4)) && one.buttons.length > 0);

/** A customer who waits for a person, and the alert about them. */
const waiting = async (phone: string) => {
  await product.webhook({ messages: [inbound(phone, 'I want to talk to a human please')] });
  await until('the alert', () => Promise.resolve(alertAbout(phone)));
  await until('the acknowledgement', () => Promise.resolve(got(phone).length > 0));
  const alert = alertAbout(phone);
  if (!alert) throw new Error('no alert');
  return alert;
};

const promptUnder = (alertId: number) =>
  until('the question to the manager', () =>
    Promise.resolve(telegram.messages().find((one) => one.asks && one.replyTo === alertId)),
  );

describe('a manager in Telegram', () => {
  it('answers by a button and a reply; the customer gets it once and the assistant goes on', async () => {
    const phone = '971507100001';
    const alert = await waiting(phone);
    const press = telegram.press(alert.id, 'Reply', AISHA);
    const prompt = await promptUnder(alert.id);
    expect(telegram.toast(press)).toContain('reply');
    doubles.openrouter.script({ kind: 'say', text: 'Of course, we can deliver all 12 desks on 15 March.' });
    telegram.write('ok can deliver the 12 desks 15 march', prompt.id, AISHA);
    await until('the answer', () =>
      Promise.resolve(got(phone).includes('Of course, we can deliver all 12 desks on 15 March.')),
    );
    await until('the chat to be given back', async () => (await detail(phone)).owner === 'bot');
    await until('the buttons to go', () => Promise.resolve(alertAbout(phone) === undefined));
    await until('the word to the group', () =>
      Promise.resolve(
        telegram.messages().some((one) => one.plain.startsWith('Sent to the customer for Aisha')),
      ),
    );
    // Written again under the same question: it is not a second message to the customer.
    telegram.write('and the chairs too', prompt.id, AISHA);
    await until('the warning', () =>
      Promise.resolve(telegram.messages().some((one) => one.plain.includes('went out already'))),
    );
    expect(got(phone).filter((text) => text.includes('12 desks'))).toHaveLength(1);
    // The assistant answers what comes next.
    await product.webhook({ messages: [inbound(phone, 'Great. Do you have office chairs under 500 AED?')] });
    await until('the assistant', () => Promise.resolve(got(phone).length >= 3));
  });

  it('is taken at their own words when the model changes a figure', async () => {
    const phone = '971507100002';
    const alert = await waiting(phone);
    telegram.press(alert.id, 'Reply', AISHA);
    const prompt = await promptUnder(alert.id);
    doubles.openrouter.script({ kind: 'say', text: 'Certainly, the desk is AED 900 for you.' });
    telegram.write('desk is AED 990', prompt.id, AISHA);
    await until('the answer', () => Promise.resolve(got(phone).includes('desk is AED 990')));
    expect(got(phone).join()).not.toContain('900 for you');
  });

  it('cannot answer a question that was put to a colleague, nor 24 hours too late', async () => {
    const phone = '971507100003';
    const alert = await waiting(phone);
    telegram.press(alert.id, 'Reply', AISHA);
    const prompt = await promptUnder(alert.id);
    const before = got(phone).length;
    telegram.write('let me ask the warehouse first', prompt.id, OMAR);
    await until('the refusal', () =>
      Promise.resolve(telegram.messages().some((one) => one.plain.includes('put to a colleague'))),
    );
    await db.pool.query(
      'update manager_draft set opened_at = opened_at - 86400001 where conversation_id = $1',
      [conversationOf(phone)],
    );
    telegram.write('we have it', prompt.id, AISHA);
    await until('the warning', () =>
      Promise.resolve(telegram.messages().some((one) => one.plain.includes('24 hours have passed'))),
    );
    expect(got(phone)).toHaveLength(before);
    expect((await detail(phone)).owner).toBe('waiting');
  });

  it('takes a chat over once, whoever presses twice', async () => {
    const phone = '971507100004';
    const alert = await waiting(phone);
    const first = telegram.press(alert.id, 'Take over', AISHA);
    await until('the take-over', async () => (await detail(phone)).owner === 'manager');
    await until('the toast', () => Promise.resolve(telegram.toast(first)));
    expect((await detail(phone)).ownerName).toBe('Aisha');
    await until('the buttons to go', () => Promise.resolve(alertAbout(phone) === undefined));
  });

  it('teaches: the answer waits for an administrator and is found once approved', async () => {
    const phone = '971507100005';
    const alert = await waiting(phone);
    telegram.press(alert.id, 'Reply and teach', OMAR);
    const prompt = await promptUnder(alert.id);
    const answer = 'Our team assembles every desk at the delivery, without any extra work for you.';
    doubles.openrouter.script({ kind: 'say', text: answer });
    telegram.write('our team assembles every desk at the delivery without extra work', prompt.id, OMAR);
    const candidate = await until('the candidate', async () => {
      const { body } = await product.api('GET', '/knowledge/candidates');
      return body.items.find((one: { answer: string }) => one.answer === answer);
    });
    expect(candidate).toMatchObject({ proposedBy: 'Omar', doubts: [] });
    const path = `/knowledge/candidates/${candidate.id}/approve`;
    const words = { title: 'Who assembles the desks?', body: answer };
    expect((await product.api('POST', path, words)).status).toBe(200);
    expect((await product.api('POST', path, words)).status).toBe(404);
    const { body } = await product.api('GET', '/knowledge?limit=200');
    expect(body.items.filter((one: { title: string }) => one.title === words.title)).toHaveLength(1);
  });

  it.each([
    ['971507100007', 'Confirm the order', AISHA, /confirmed your order/, 'confirm'],
    ['971507100008', 'Cannot be done', OMAR, /cannot do it as it is/, 'reject'],
  ])(
    'decides about a concrete order once (domain 8.6, 8.8): %s %s',
    async (phone, button, who, told, decision) => {
      const text = 'I want to order 4 of CH-720-BLK, please deliver to Business Bay with installation';
      await product.webhook({ messages: [inbound(phone, text)] });
      const alert = await until('the order’s alert', () => Promise.resolve(alertAbout(phone)));
      expect(alert.plain).toContain('CH-720-BLK');
      await until('the acknowledgement', () => Promise.resolve(got(phone).length > 0));
      telegram.press(alert.id, button, who);
      await until('the word to the customer', () =>
        Promise.resolve(got(phone).some((one) => told.test(one))),
      );
      await until('the chat to be given back', async () => (await detail(phone)).owner === 'bot');
      await until('the buttons to go', () => Promise.resolve(alertAbout(phone) === undefined));
      expect((await detail(phone)).context.sale.ordered.decision).toBe(decision);
      expect(got(phone).filter((one) => told.test(one))).toHaveLength(1);
    },
  );

  it('must be on the list, where there is one', async () => {
    const phone = '971507100006';
    const alert = await waiting(phone);
    await product.api('PUT', '/admin/settings', { telegram: { managerIds: ['502'] } });
    const press = telegram.press(alert.id, 'Take over', AISHA);
    await until('the toast', () => Promise.resolve(telegram.toast(press)));
    expect(telegram.toast(press)).toContain('not on the list');
    telegram.press(alert.id, 'Take over', OMAR);
    await until('the take-over', async () => (await detail(phone)).ownerName === 'Omar');
    await product.api('PUT', '/admin/settings', { telegram: { managerIds: [] } });
  });
});
