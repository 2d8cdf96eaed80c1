/** A closed window, a template, a channel that loses its phone, a message that is never delivered: from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  CHANNEL,
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

const DAY_MS = 24 * 3600_000;
let db: TestDatabase;
let doubles: Doubles;
let product: Product;

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles({ transport: 'wapi' });
  product = await startProduct({ databaseUrl: db.url, env: doubles.env });
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
});

afterAll(async () => {
  await product.stop();
  await doubles.close();
  await db.drop();
});

const pathOf = (phone: string) => `/conversations/${encodeURIComponent(conversationOf(phone))}`;
const alerts = async (conversationId: string | null) =>
  (
    await db.pool.query(
      'select reason, summary from alert where conversation_id is not distinct from $1 order by at',
      [conversationId],
    )
  ).rows;

describe('after the 24-hour window', () => {
  const phone = '971506000001';

  it('only an approved template reaches the customer', async () => {
    // Two seconds short of a day ago: still a question of today, and the window closes while we look.
    const dateTime = new Date(Date.now() - DAY_MS + 2000).toISOString();
    await product.webhook({ messages: [inbound(phone, 'Do you have chairs?', { dateTime })] });
    await until('the window to close', async () => {
      const { body } = await product.api('GET', pathOf(phone));
      return body.windowClosesAt === null && body.states?.includes('window.closed');
    });
    const text = await product.api('POST', `${pathOf(phone)}/messages`, { text: 'Hello again' });
    expect([text.status, text.body.error.code]).toEqual([409, 'window_closed']);

    const [template] = await until('the templates', async () => {
      const { items } = (await product.api('GET', '/templates')).body;
      const usable = items.filter(({ blanks }: { blanks: number }) => blanks === 2);
      return usable.length > 0 && usable;
    });
    const wrong = await product.api('POST', `${pathOf(phone)}/messages`, {
      template: { id: template.id, values: ['Omar'] },
    });
    expect([wrong.status, wrong.body.error.code]).toEqual([409, 'template_values']);
    const sent = await product.api('POST', `${pathOf(phone)}/messages`, {
      template: { id: template.id, values: ['Omar', 'Q-1001'] },
    });
    expect([sent.status, sent.body.owner]).toEqual([200, 'manager']);
    const arrived = await until('the template', () =>
      replies(doubles, phone).find((message) => message.text.includes('Q-1001')),
    );
    expect(arrived.text).toBe('Hello Omar, your quotation Q-1001 is ready. Reply here to receive it.');
    const shown = await until('its delivery', async () => {
      const { items } = (await product.api('GET', `${pathOf(phone)}/messages`)).body;
      return items.find(
        (message: { text: string; status: string }) =>
          message.text === arrived.text && message.status === 'delivered',
      );
    });
    expect(shown.from).toBe('manager');
  });
});

describe('a message that WhatsApp refuses after taking it', () => {
  it('is shown as failed, and a manager is told once what to do', async () => {
    const phone = '971506000002';
    doubles.wazzup.behave({ failWith: '24_HOURS_EXCEEDED' });
    await doubles.wazzup.simulator.customerWrites({ chatId: phone, text: 'Hello' });
    const told = await until('the alert', async () => {
      const found = await alerts(conversationOf(phone));
      return found.length > 0 && found;
    });
    doubles.wazzup.behave({ failWith: null });
    expect(told[0]).toEqual({
      reason: 'A message was not delivered (24_HOURS_EXCEEDED)',
      summary: expect.stringContaining('template'),
    });
    const { items } = (await product.api('GET', `${pathOf(phone)}/messages`)).body;
    expect(items.some(({ status }: { status: string }) => status === 'failed')).toBe(true);
  });
});

describe('a channel that loses its phone', () => {
  const channel = async () => (await product.api('GET', '/channels')).body.items[0];
  const reached = (state: string) =>
    until(`the channel to be ${state}`, async () => (await channel())?.state === state);

  it('is seen at once, alerts once, stops managers with the remedy, and recovers', async () => {
    await reached('active');
    doubles.wazzup.setChannelState(CHANNEL, 'qridle');
    await reached('qridle');
    expect(await channel()).toMatchObject({ maySend: false, mayReachOut: false, transport: 'wapi' });
    const health = (await product.api('GET', '/health')).body;
    expect([health.status, health.components.channels.status]).toEqual(['ok', 'degraded']);
    const { body } = await product.api('POST', `${pathOf('971506000002')}/messages`, { text: 'Hello' });
    expect(body.error).toMatchObject({ code: 'channel_down', message: expect.stringContaining('QR') });
    doubles.wazzup.setChannelState(CHANNEL, 'active');
    await reached('active');
    const news = await until('both alerts', async () => {
      const found = await alerts(null);
      return found.length > 1 && found;
    });
    expect(news.map(({ reason }) => reason)).toEqual([
      'The WhatsApp channel Sandbox line does not work: qridle',
      'The WhatsApp channel Sandbox line works again',
    ]);
  });
});
