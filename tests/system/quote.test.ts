/**
 * The whole sale at the wire, in English and Arabic: one order in Inventory, one PDF, the right total, and the question
 * whether it suits. Killed between any two steps it is still one of each (domain 9.17, 9.18; lessons F-35, F-36).
 * To see these fail: seed the order's number with the attempt, or send the paper under a new id for each try.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxCatalog } from '../../adapters/zoho-inventory/sandbox-catalog.ts';
import { quoteTotals } from '../../machines/quotation/totals.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  freePort,
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
let port: number;
let product: Product;

const dataDir = mkdtempSync(join(tmpdir(), 'treejar-quote-'));
/** The same disk and secret at each start: links and papers outlive a process. */
const start = () =>
  startProduct({
    databaseUrl: db.url,
    env: { ...doubles.env, DATA_DIR: dataDir, SESSION_SECRET: 'a-session-secret-of-the-quotation-tests' },
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
});

afterAll(async () => {
  await product.stop();
  await doubles.close();
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const state = async (phone: string): Promise<readonly string[]> =>
  (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body.states ?? [];

const write = (phone: string, text: string) =>
  doubles.wazzup.simulator.customerWrites({ chatId: phone, name: 'Omar Said', text });

const papers = (phone: string) => replies(doubles, phone).filter(({ contentUri }) => contentUri);

const orders = (phone: string) =>
  [...doubles.zoho.state.inventory.sales.orders.values()].filter(
    ({ reference }) => reference === conversationOf(phone),
  );

const english = (phone: string) =>
  write(
    phone,
    `Hi, please send me a quotation for 2 CH-616.
Name: Omar Said
Company: Falcon Trading
Email: omar${phone}@falcon.test
Address: Office 1203, Bay Square 4, Business Bay, Dubai`,
  );
const arabic = async (phone: string) => {
  await write(phone, 'أريد 2 من CH-616');
  await until('the selection', () => replies(doubles, phone).length > 0);
  await write(
    phone,
    `أرسل لي عرض سعر من فضلك
الاسم: عمر سعيد
الشركة: الصقر للتجارة
البريد الإلكتروني: omar${phone}@falcon.test
العنوان: مكتب 1203، برج النور، الخليج التجاري، دبي`,
  );
};

/** 2 × the live price, with 5 % VAT (domain 9.11). */
const TOTAL = (() => {
  const price = sandboxCatalog.find(({ sku }) => sku === 'CH-616')?.price ?? '0';
  return quoteTotals([{ listPrice: price, quantity: 2 }], {
    currency: 'AED',
    vatPercent: '5',
    deliveryCharge: null,
    discountPercent: null,
  }).grandTotal;
})();

/** Long enough for a second copy to show itself. */
const SETTLE_MS = 1500;

const expectOneOfEach = async (phone: string): Promise<void> => {
  await pause(SETTLE_MS);
  const [order, ...more] = orders(phone);
  expect(more).toEqual([]);
  expect(order?.status).toBe('draft');
  expect(order?.lines.map(({ item, quantity }) => [item.source.sku, quantity])).toEqual([['CH-616', 2]]);
  const [paper, ...others] = papers(phone);
  expect(others).toEqual([]);
  const file = await fetch(paper?.contentUri ?? '');
  expect(file.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  const told = replies(doubles, phone).map(({ text }) => text);
  const questions = told.filter((text) => text.includes(order?.number ?? '?'));
  expect(questions).toHaveLength(1);
  expect(questions[0]).toContain(TOTAL);
  expect(questions[0]).toMatch(/[?؟]$/);
};

describe('a quotation', () => {
  it.each([
    ['English', '971503000001', english],
    ['Arabic', '971503000002', arabic],
  ] as const)(
    'in %s is one order, one paper and one question with the right total',
    async (_, phone, ask) => {
      await ask(phone);
      await until('the quotation', async () => (await state(phone)).includes('order.quoted.asked'));
      await expectOneOfEach(phone);
    },
  );

  it('that is accepted with a plain yes is recorded and a person is told (domain 9.22)', async () => {
    const phone = '971503000001';
    await write(phone, 'Yes');
    await until('the hand-over', async () => (await state(phone)).includes('owner.waiting'));
    expect(await state(phone)).toContain('order.accepted');
    expect(replies(doubles, phone).at(-1)?.text).toMatch(/approval of quotation/);
  });

  it('is counted with its sale, read out of the real journal and paper (domain 22)', async () => {
    const { body } = await product.api('GET', '/admin/metrics?period=day&drill=deals');
    const values = Object.fromEntries(
      body.metrics.map(({ id, value }: { id: string; value: unknown }) => [id, value]),
    );
    expect(values).toMatchObject({
      conversations: 2,
      customers: 2,
      target: 2,
      quotes: 2,
      deals: 1,
      noorDeals: 1,
    });
    expect(values.dealsAmount).toBe(TOTAL);
    // Somebody was called to take the accepted order on, and for nothing else.
    const handOvers = body.metrics.find(({ id }: { id: string }) => id === 'handOvers');
    expect(handOvers.parts.map(({ key }: { key: string }) => key)).toEqual(['order']);
    const languages = body.metrics.find(({ id }: { id: string }) => id === 'languages');
    expect(languages.parts.map(({ key }: { key: string }) => key).sort()).toEqual(['ar', 'en']);
    expect(body.drill.items).toMatchObject([
      { conversationId: conversationOf('971503000001'), by: 'customer' },
    ]);
  });

  it('is not made from a price question, nor after a refusal (lesson F-06)', async () => {
    const phone = '971503000003';
    await write(phone, 'What do 2 CH-616 cost? I do not want a quotation.');
    await until('the answer', () => replies(doubles, phone).length > 0);
    await pause(SETTLE_MS);
    expect(orders(phone)).toEqual([]);
    expect(papers(phone)).toEqual([]);
    expect(await state(phone)).toContain('consent.declined');
  });

  it('survives a kill between every two of its steps, and is still one of each', async () => {
    const phone = '971503000004';
    const { server } = doubles.zoho;
    // Each vendor does its work and answers so late that we are dead by then.
    const late = { method: 'POST', times: 1, slowBodyMs: 200 };
    const restart = async () => {
      await product.kill();
      server.clearFaults();
      doubles.wazzup.server.clearFaults();
    };
    server.addFault({ ...late, path: /\/contacts$/ });
    await english(phone);
    await until('the customer in Inventory', () =>
      [...doubles.zoho.state.inventory.sales.contacts.values()].some(({ persons }) =>
        persons.some((person) => person.phone.endsWith(phone)),
      ),
    );
    await restart();
    server.addFault({ ...late, path: /\/salesorders$/ });
    product = await start();
    await until('the order in Inventory', () => orders(phone).length > 0);
    await restart();
    product = await start();
    doubles.wazzup.server.addFault({ ...late, times: 4, path: /\/message$/ });
    await until('the paper at the customer', () => papers(phone).length > 0);
    await restart();
    doubles.wazzup.server.addFault({ ...late, path: /\/message$/ });
    product = await start();
    await until('a try after it', async () => (await state(phone)).includes('order.quoted.asked'));
    await restart();
    product = await start();
    await until('the question', () => replies(doubles, phone).some(({ text }) => text.includes('R1')));
    await expectOneOfEach(phone);
  });
});
