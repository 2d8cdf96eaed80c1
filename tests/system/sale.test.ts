/** A customer is answered, in English and in Arabic, with true figures; a manager watches, takes over and gives back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxCatalog } from '../../adapters/zoho-inventory/sandbox-catalog.ts';
import { findAmounts } from '../../machines/money/money.ts';
import { MODES } from '../support/modes.ts';
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
let product: Product;

/** Writes as the customer and waits for the next message of the business. */
const ask = async (phone: string, text: string): Promise<string> => {
  const before = replies(doubles, phone).length;
  await doubles.wazzup.simulator.customerWrites({ chatId: phone, name: 'Omar Said', text });
  return until('a reply', () => replies(doubles, phone)[before]?.text);
};

const detail = async (phone: string) =>
  (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body;

const PRICES = new Set(sandboxCatalog.map((item) => item.price).filter((price) => price !== null));

describe.each(MODES)('a sale on real input, $mode', ({ env, isWhole }) => {
  beforeAll(async () => {
    db = await testDatabase();
    doubles = await startDoubles();
    product = await startProduct({ databaseUrl: db.url, env: { ...doubles.env, ...env } });
    doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
    await until(
      'the catalog',
      async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
    );
  });

  afterAll(async () => {
    await product.stop();
    await doubles.close();
    await db.drop();
  });

  it('answers a request for chairs in English with true prices under the budget', async () => {
    const reply = await ask('971501000001', 'Hi, I need 10 office chairs under 500 AED');
    expect(reply).toMatch(/Noor/);
    expect(reply).toMatch(/Treejar/);
    const amounts = findAmounts(reply).map((found) => found.amount);
    expect(amounts.length).toBeGreaterThan(0);
    for (const amount of amounts) {
      expect(PRICES).toContain(amount);
      expect(Number(amount)).toBeLessThanOrEqual(500);
    }
    expect(reply.match(/\?/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it('keeps a selection with the exact total and records the customer in the CRM once', async () => {
    const phone = '971501000004';
    await ask(phone, 'I need office chairs');
    const reply = await ask(phone, "I'll take 4 of CH-720-BLK");
    const unit = Number(sandboxCatalog.find((item) => item.sku === 'CH-720-BLK')?.price);
    expect(findAmounts(reply).map((found) => found.amount)).toContain((unit * 4).toFixed(2));
    await ask(phone, 'My name is Omar and my company is Falcon Trading');
    const conversation = await until('the CRM to know', async () => {
      const view = await detail(phone);
      return view.customer.crmContactId !== null && view.customer.kind === 'new' ? view : null;
    });
    expect(conversation.order.lines).toMatchObject([{ sku: 'CH-720-BLK', quantity: 4 }]);
    expect(conversation.customer.slots).toContainEqual({
      slot: 'company',
      value: 'Falcon Trading',
      source: 'said',
    });
    const { body } = await product.api('GET', `/crm/contacts?phone=%2B${phone}`);
    expect(body.items.length).toBe(1);
  });

  it('is silent at once when a manager takes over, and resumes with what was said when given back', async () => {
    const phone = '971501000005';
    await ask(phone, 'Hello');
    doubles.openrouter.setLatency(700);
    await doubles.wazzup.simulator.customerWrites({ chatId: phone, text: 'Do you have meeting tables?' });
    await until('the model to be asked', async () => (await detail(phone)).stateLabel === 'Thinking');
    const taken = await product.api('POST', `/conversations/${conversationOf(phone)}/take-over`);
    expect(taken.status).toBe(200);
    expect(taken.body.owner).toBe('manager');
    doubles.openrouter.setLatency(0);
    const before = replies(doubles, phone).length;
    await pause(1500);
    expect(replies(doubles, phone).length).toBe(before);

    const text = 'Hello, this is Aisha. We have meeting tables for ten people.';
    const wrote = await product.api('POST', `/conversations/${conversationOf(phone)}/messages`, { text });
    expect(wrote.status).toBe(200);
    await until('the manager’s words on the phone', () =>
      replies(doubles, phone).some((message) => message.text === text),
    );

    await doubles.wazzup.simulator.customerWrites({ chatId: phone, text: 'And what about the warranty?' });
    await until('the question to be recorded', async () => (await detail(phone)).unanswered > 0);
    const count = replies(doubles, phone).length;
    const released = await product.api('POST', `/conversations/${conversationOf(phone)}/release`, {
      note: 'Wants a table',
    });
    expect(released.body.owner).toBe('bot');
    const answer = await until('the bot to resume', () => replies(doubles, phone)[count]?.text);
    expect(answer).toMatch(/warranty/i);
    const asked = doubles.openrouter.server.log.at(-1)?.body ?? '';
    expect(asked).toContain('We have meeting tables for ten people');
    expect(asked).toContain('Wants a table');
  });

  it('answers a burst once', async () => {
    const phone = '971501000008';
    await product.webhook({
      messages: [inbound(phone, 'Hi'), inbound(phone, 'I need desks'), inbound(phone, 'for 5 people')],
    });
    await until('a reply', () => replies(doubles, phone).length > 0);
    await pause(800);
    expect(replies(doubles, phone).length).toBe(1);
  });

  it('explains each reply: journal, transcript and snapshots agree', async () => {
    const id = conversationOf('971501000001');
    const journal = (await product.api('GET', `/conversations/${id}/journal?limit=200`)).body.items;
    expect(journal.map((row: { seq: number }) => row.seq)).toEqual(
      journal.map((_: unknown, index: number) => index + 1),
    );
    const messages = (await product.api('GET', `/conversations/${id}/messages`)).body.items;
    const said = messages.find((message: { from: string }) => message.from === 'bot');
    const row = journal.find((candidate: { seq: number }) => candidate.seq === said.seq);
    expect(row.to).toContain('turn.speaking');
    const past = (await product.api('GET', `/conversations/${id}/snapshot?at=${said.seq}`)).body;
    expect(past.value.turn).toBe('speaking');
    const now = await detail('971501000001');
    const last = (await product.api('GET', `/conversations/${id}/snapshot?at=${now.seq}`)).body;
    expect(last.context).toEqual(now.context);
  });

  if (isWhole) {
    it('keeps the 24-hour window among the jobs that wait, once for each customer', async () => {
      const { rows } = await db.pool.query(
        `select count(*)::int as jobs, count(distinct job.singleton_key)::int as timers
         from timer join pgboss.job on job.singleton_key = timer.actor_id || ' ' || timer.timer_id
         where job.name = 'long-timers' and job.state = 'created' and timer.timer_id like 'xstate.after.windowCloses.%'
           and timer.actor_id in ($1, $2)`,
        [conversationOf('971501000001'), conversationOf('971501000004')],
      );
      expect(rows).toMatchObject([{ jobs: 2, timers: 2 }]);
    });

    it('answers in Arabic with true prices', async () => {
      const reply = await ask('971501000002', 'مرحبا، أحتاج 10 كراسي مكتب بأقل من 500 درهم');
      expect(reply).toMatch(/[\u0600-\u06ff]/);
      const amounts = findAmounts(reply).map((found) => found.amount);
      expect(amounts.length).toBeGreaterThan(0);
      for (const amount of amounts) expect(PRICES).toContain(amount);
    });

    it('says the live stock, not the copy’s', async () => {
      const item = sandboxCatalog.find((candidate) => candidate.sku === 'CH-616');
      expect(item).toBeDefined();
      doubles.zoho.state.inventory.setStock('CH-616', 7);
      const reply = await ask('971501000003', 'How many CH-616 do you have in stock?');
      expect(reply).toContain('7');
    });

    it('is silent when a manager answers from the phone', async () => {
      const phone = '971501000006';
      await ask(phone, 'Hello');
      await doubles.wazzup.simulator.managerWrites({
        chatId: phone,
        text: 'Aisha here, I will help you',
        from: 'phone',
      });
      await until('the take-over', async () => (await detail(phone)).owner === 'manager');
      const before = replies(doubles, phone).length;
      await doubles.wazzup.simulator.customerWrites({ chatId: phone, text: 'Thank you! Do you have desks?' });
      await pause(1200);
      expect(replies(doubles, phone).length).toBe(before);
    });

    it('hands over with one acknowledgement when the customer wants a person', async () => {
      const phone = '971501000007';
      const reply = await ask(phone, 'I want to talk to a human manager please');
      expect(reply).toMatch(/colleague/i);
      const view = await detail(phone);
      expect(view.owner).toBe('waiting');
      const { rows } = await db.pool.query('select trigger_number from alert where conversation_id = $1', [
        conversationOf(phone),
      ]);
      expect(rows).toEqual([{ trigger_number: 1 }]);
    });

    it('writes no phone, name or text to its log', () => {
      const log = product.output();
      expect(log).not.toMatch(/97150100000\d/);
      expect(log).not.toMatch(/Omar|Falcon|chairs under/);
    });
  }
});
