/** The whole product from outside: a preview is streamed, every call is booked, and the day's money is a hard stop. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  type Product,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../../tests/support/product.ts';

const LIMIT_MS = 120_000;

interface Frame {
  readonly type: string;
  readonly data: { readonly text: string; readonly done: boolean };
}

describe('the money of models', () => {
  let db: TestDatabase;
  let doubles: Doubles;
  let product: Product;
  beforeAll(async () => {
    db = await testDatabase();
    doubles = await startDoubles();
    product = await startProduct({ databaseUrl: db.url, env: doubles.env });
    doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  }, LIMIT_MS);
  afterAll(async () => {
    await product.stop();
    await doubles.close();
    await db.drop();
  }, LIMIT_MS);

  const ask = async (phone: string, text: string): Promise<string> => {
    const before = replies(doubles, phone).length;
    await doubles.wazzup.simulator.customerWrites({ chatId: phone, name: 'Omar Said', text });
    return until('a reply', () => replies(doubles, phone)[before]?.text);
  };
  const callsOf = async (phone: string) =>
    (await product.api('GET', `/conversations/${conversationOf(phone)}/model-calls`)).body.items;

  it(
    'is booked call by call and summed by day and job',
    async () => {
      await ask('971501000071', 'Hello, do you have mesh chairs?');
      const calls = await callsOf('971501000071');
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) {
        expect(call).toMatchObject({ job: 'dialogue', outcome: 'answered', provider: 'Sandbox' });
        expect(Number(call.costUsd)).toBeGreaterThan(0);
        expect(call.promptVersions.length).toBeGreaterThan(0);
      }
      const { body } = await product.api('GET', '/admin/spend');
      expect(body.items).toMatchObject([{ job: 'dialogue', calls: calls.length, failed: 0, unbilled: 0 }]);
      expect(body.totalUsd).toBe(body.items[0].costUsd);
    },
    LIMIT_MS,
  );

  it(
    'is asked for by days of the calendar, of a known conversation, by somebody who signed in',
    async () => {
      for (const query of ['from=2026-02-30', 'from=yesterday', 'from=2026-03-02&to=2026-03-01']) {
        expect((await product.api('GET', `/admin/spend?${query}`)).status).toBe(422);
      }
      expect((await product.api('GET', '/admin/spend?from=2020-01-01&to=2026-01-01')).status).toBe(422);
      expect((await product.api('GET', '/admin/spend?from=2026-03-01&to=2026-03-01')).body).toEqual({
        from: '2026-03-01',
        to: '2026-03-01',
        items: [],
        totalUsd: '0',
      });
      expect((await product.api('GET', '/conversations/wz:x:nobody/model-calls')).status).toBe(404);
      expect((await fetch(`${product.url}/api/v1/admin/spend`)).status).toBe(401);
    },
    LIMIT_MS,
  );

  it(
    'buys an answer that a manager sees grow, and that ends before it is said',
    async () => {
      const phone = '971501000072';
      await ask(phone, 'Hello');
      const { body: ticket } = await product.api('POST', '/live/token');
      const socket = new WebSocket(`${product.url.replace('http', 'ws')}/api/v1/live?token=${ticket.token}`);
      const frames: Frame[] = [];
      socket.onmessage = ({ data }) => void frames.push(JSON.parse(String(data)));
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      socket.send(JSON.stringify({ subscribe: `conversation:${conversationOf(phone)}` }));
      await until('the snapshot', () => frames.some((frame) => frame.type === 'snapshot') || undefined);
      await ask(phone, 'Which mesh chairs do you have under 900 AED?');
      const typing = () => frames.filter((frame) => frame.type === 'typing').map((frame) => frame.data);
      await until('the end of the preview', () => typing().some((data) => data.done) || undefined);
      socket.close();
      const texts = typing().map((data) => data.text);
      expect(texts.length).toBeGreaterThan(1);
      expect(typing().at(-1)).toEqual({ text: '', done: true });
      for (const [index, text] of texts.slice(1, -1).entries()) expect(text).toContain(texts[index]);
      expect(product.output()).not.toContain(texts.at(-2));
    },
    LIMIT_MS,
  );

  it(
    'stops when it is spent: the customer is answered politely, the model is not asked, managers are told',
    async () => {
      const put = await product.api('PUT', '/admin/settings', { budgets: { dialogueDailyUsd: '0.00' } });
      expect(put.body.budgets).toMatchObject({ dialogueDailyUsd: '0.00', totalDailyUsd: '25.00' });
      const asked = doubles.openrouter.server.log.length;
      const reply = await ask('971501000073', 'Hello, do you have mesh chairs?');
      expect(reply.length).toBeGreaterThan(10);
      await ask('971501000074', 'Hi, any desks?');
      expect(doubles.openrouter.server.log.length).toBe(asked);
      expect(await callsOf('971501000073')).toEqual([]);
      const { rows } = await db.pool.query<{ alert_id: string }>(
        "select alert_id from alert where alert_id like 'model-budget:%'",
      );
      expect(rows).toHaveLength(1);
      await product.api('PUT', '/admin/settings', { budgets: { dialogueDailyUsd: '20.00' } });
      await ask('971501000075', 'Hello, do you have mesh chairs?');
      expect(doubles.openrouter.server.log.length).toBeGreaterThan(asked);
    },
    LIMIT_MS,
  );
});
