/** A hand-over reaches the managers' group once, with the phone masked, whatever Telegram does meanwhile (domain 8.5, 8.9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTelegramDouble, type TelegramDouble } from '../../adapters/telegram/double.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

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

const posted = () =>
  telegram.server.log.filter((entry) => entry.path.endsWith('/sendMessage') && entry.status === 200);

const sentAt = async (phone: string) => {
  const { rows } = await db.pool.query('select sent_at from alert where conversation_id = $1', [
    conversationOf(phone),
  ]);
  return rows[0]?.sent_at ?? null;
};

describe('an alert', () => {
  it('tells the group who waits and why, without the phone', async () => {
    const phone = '971507000001';
    await product.webhook({ messages: [inbound(phone, 'I want to talk to a human <b>now</b>')] });
    await until('the alert to be sent', () => sentAt(phone));
    const [entry] = posted();
    const { text } = JSON.parse(entry?.body ?? '{}') as { text: string };
    expect(text).toContain('Asks for a human');
    expect(text).toContain('+97150***0001');
    expect(text).not.toContain(phone);
    expect(text).toContain('&lt;b&gt;now&lt;/b&gt;');
  });

  it('is tried again when Telegram is down, and arrives once', async () => {
    const phone = '971507000002';
    const before = posted().length;
    telegram.fail({ kind: 'server' }, 2);
    await product.webhook({ messages: [inbound(phone, 'I want to complain to a manager')] });
    await until('the alert to be sent', () => sentAt(phone), 60_000);
    expect(posted().length).toBe(before + 1);
  });
});
