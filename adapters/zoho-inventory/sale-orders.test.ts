import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, makeTestClock, run, tokenFor } from '../zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../zoho-oauth/zoho-double.ts';
import { orderNumber } from './order-number.ts';
import { SANDBOX_TAX_ID } from './sales-double-store.ts';
import { makeZohoInventory, type NewSaleOrder, type ZohoInventoryConfig } from './zoho-inventory.ts';

let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
let customerId: string;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
  customerId = sales().addContact({ name: 'Noura', persons: [{ phone: '+971501234567' }] }).id;
});
afterEach(() => double.close());

const sales = () => double.state.inventory.sales;
const inventory = (more: Partial<ZohoInventoryConfig> = {}) =>
  makeZohoInventory(
    { baseUrl: double.inventoryUrl, organizationId: '20071100001', clock, lookDelaysMs: [20, 60], ...more },
    tokenFor(double, 'inventory', { clock }),
  );
const itemId = (sku: string) => double.state.inventory.items.get(sku)?.itemId ?? '';
const number = orderNumber('wz:channel:971501234567:42:createQuote');
const wanted = (more: Partial<NewSaleOrder> = {}): NewSaleOrder => ({
  number,
  reference: 'conversation-77',
  customerId,
  lines: [
    { itemId: itemId('CH-616-NEW'), quantity: 3, rate: '386.10', description: 'Office chair' },
    { itemId: itemId('DK-1400'), quantity: 1, rate: '499.95' },
  ],
  notes: 'made by the assistant',
  terms: '50% in advance',
  taxId: SANDBOX_TAX_ID,
  ...more,
});
const posts = () =>
  double.server.log.filter((entry) => entry.method === 'POST' && /\/salesorders$/.test(entry.path));

describe('our own order number (contract 5)', () => {
  it('is the same for the same command and another for another', () => {
    expect(number).toMatch(/^TJ(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(orderNumber('wz:channel:971501234567:42:createQuote')).toBe(number);
    const many = new Set(Array.from({ length: 20_000 }, (_, i) => orderNumber(`wz:c:1:${i}:createQuote`)));
    expect(many.size).toBe(20_000);
  });
});

describe('creating a sales order', () => {
  it('makes a draft with our number, exact money and the tax on top (domain 9.11)', async () => {
    const { outcome, order } = await run(inventory().createSaleOrder(wanted({ total: '1741.16' })));
    expect(outcome).toBe('created');
    expect(order).toMatchObject({
      number,
      reference: 'conversation-77',
      status: 'draft',
      customerId,
      subTotal: '1658.25',
      taxTotal: '82.92',
      total: '1741.17',
      currency: 'AED',
      packages: [],
      invoices: [],
    });
    expect(order.lines.map((line) => [line.sku, line.quantity, line.rate])).toEqual([
      ['CH-616-NEW', 3, '386.10'],
      ['DK-1400', 1, '499.95'],
    ]);
    expect(posts()[0]?.query).toContain('ignore_auto_number_generation=true');
    expect(posts()[0]?.body).toContain('"rate":386.10');
  });

  it('a repeat of the command finds its order and posts nothing', async () => {
    const first = await run(inventory().createSaleOrder(wanted()));
    const second = await run(inventory().createSaleOrder(wanted()));
    expect(second).toMatchObject({ outcome: 'existing', order: { id: first.order.id } });
    expect(posts()).toHaveLength(1);
  });

  it('the order of the lines does not matter, what they say does', async () => {
    await run(inventory().createSaleOrder(wanted()));
    const reversed = wanted({ lines: [...wanted().lines].reverse() });
    expect(await run(inventory().createSaleOrder(reversed))).toMatchObject({ outcome: 'existing' });
  });

  it.each([
    ['reference', { reference: 'conversation-78' }],
    ['lines', { lines: [{ itemId: '1', quantity: 3, rate: '386.10' }] }],
    ['delivery charge', { deliveryCharge: '300.00' }],
    ['total', { total: '1658.25' }],
  ] as const)('an order of this number with another %s is a conflict, and stays', async (fact, change) => {
    await run(inventory().createSaleOrder(wanted()));
    const error = await failureOf(inventory().createSaleOrder(wanted(change)));
    expect(error).toMatchObject({ _tag: 'InventoryConflict', what: 'order', retryable: false });
    expect(error).toHaveProperty('differences', expect.arrayContaining([fact]));
    expect(sales().orders.size).toBe(1);
  });

  it('an order of this number of another customer is a conflict', async () => {
    await run(inventory().createSaleOrder(wanted()));
    const other = sales().addContact({ name: 'Other', persons: [] }).id;
    const error = await failureOf(inventory().createSaleOrder(wanted({ customerId: other })));
    expect(error).toMatchObject({ _tag: 'InventoryConflict', differences: ['customer'] });
  });

  it('says so when Zoho made another order than was asked for', async () => {
    const { salesorder } = {
      salesorder: { salesorder_id: '1', salesorder_number: 'SO-00001', customer_id: customerId },
    };
    const respond = {
      status: 201,
      body: { code: 0, salesorder: { ...salesorder, total: 1, line_items: [] } },
    };
    double.server.addFault({ method: 'POST', path: /salesorders$/, respond, times: 1 });
    const error = await failureOf(inventory().createSaleOrder(wanted()));
    expect(error).toMatchObject({ _tag: 'InventoryConflict' });
    expect(error).toHaveProperty('differences', expect.arrayContaining(['number', 'lines']));
  });

  it('notices a discount on the whole order, which the lines do not show', async () => {
    const { order } = await run(inventory().createSaleOrder(wanted()));
    const salesorder = {
      salesorder_id: order.id,
      salesorder_number: number,
      reference_number: order.reference,
      customer_id: customerId,
      status: 'draft',
      line_items: order.lines.map((line) => ({
        item_id: line.itemId,
        quantity: line.quantity,
        rate: line.rate,
      })),
      sub_total: 1492.43,
      total: 1567.05,
    };
    const respond = { status: 200, body: { code: 0, salesorder } };
    double.server.addFault({ method: 'GET', path: /salesorders\/\d+$/, respond, times: 1 });
    const error = await failureOf(inventory().createSaleOrder(wanted()));
    expect(error).toMatchObject({ _tag: 'InventoryConflict', differences: ['subtotal'] });
  });

  it.each([
    ['no lines', { lines: [] }],
    ['a price of zero (lesson F-15)', { lines: [{ itemId: '1', quantity: 1, rate: '0.00' }] }],
    ['a price with three decimals', { lines: [{ itemId: '1', quantity: 1, rate: '1.005' }] }],
    ['half a chair', { lines: [{ itemId: '1', quantity: 0.5, rate: '1.00' }] }],
    ['an id that is none', { customerId: '../contacts' }],
    ['no number', { number: ' ' }],
  ])('refuses %s without a call', async (_name, change) => {
    const error = await failureOf(inventory().createSaleOrder(wanted(change)));
    expect(error).toMatchObject({ _tag: 'InventoryRejected', code: 'INVALID_INPUT', retryable: false });
    expect(double.server.log).toHaveLength(0);
  });

  it('passes a refusal on without the customer in its words', async () => {
    Object.assign(sales().contacts.get(customerId) ?? {}, { active: false });
    const error = await failureOf(inventory().createSaleOrder(wanted()));
    expect(error).toMatchObject({ _tag: 'InventoryRejected', code: '36013', retryable: false });
    expect(error.message).not.toContain('Noura');
    expect(posts()).toHaveLength(1);
  });
});

describe('wire/00 fact 7, lesson F-35: exactly one order, whatever happens to the answer', () => {
  it('Zoho finishes after we gave up: the order is found, not repeated', async () => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, delayMs: 150, times: 1 });
    const service = inventory({ createTimeoutMs: 100, lookDelaysMs: [10, 150] });
    const { outcome, order } = await run(service.createSaleOrder(wanted()));
    expect([outcome, order.number]).toEqual(['existing', number]);
    expect(sales().orders.size).toBe(1);
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['the connection breaks after Zoho did it', { dropAfter: true }],
    ['the answer never ends', { slowBodyMs: 50 }],
  ])('%s: the order is read back', async (_name, fault) => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, times: 1, ...fault });
    const created = await run(inventory({ createTimeoutMs: 150 }).createSaleOrder(wanted()));
    expect(created.order.number).toBe(number);
    expect(sales().orders.size).toBe(1);
    expect(posts()).toHaveLength(1);
  });

  it('nothing can be found: it is unknown, nobody is told "done", and the next try looks first', async () => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, dropBefore: true, times: 1 });
    const service = inventory();
    const error = await failureOf(service.createSaleOrder(wanted()));
    expect(error).toMatchObject({ _tag: 'InventoryUnverified', retryable: true, retryAfterMs: 60_000 });
    expect(sales().orders.size).toBe(0);
    const before = double.server.log.length;
    expect(await run(service.createSaleOrder(wanted()))).toMatchObject({ outcome: 'created' });
    expect(double.server.log[before]).toMatchObject({ method: 'GET' });
    expect(sales().orders.size).toBe(1);
  });

  it('reading back fails too: unknown, and a later try finds the one order', async () => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, dropAfter: true, times: 1 });
    const service = inventory();
    const pending = failureOf(service.createSaleOrder(wanted()));
    while (posts().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    double.server.addFault({ method: 'GET', path: /salesorders/, respond: { status: 500, body: '<html>' } });
    expect(await pending).toMatchObject({ _tag: 'InventoryUnverified', retryable: true });
    double.server.clearFaults();
    expect(await run(service.createSaleOrder(wanted()))).toMatchObject({ outcome: 'existing' });
    expect(sales().orders.size).toBe(1);
  });

  it.each([
    ['a 500', { status: 500, body: { code: 1000, message: 'internal' } }],
    ["a gateway's page inside 200", { status: 200, body: '<html></html>' }],
    ['a success without the order', { status: 201, body: { code: 0, message: 'created' } }],
  ])('%s is no result: looked for, then unknown', async (_name, respond) => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, respond, times: 1 });
    expect(await failureOf(inventory().createSaleOrder(wanted()))).toMatchObject({
      _tag: 'InventoryUnverified',
    });
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['429', { status: 429, body: { code: 44, message: 'minute' } }, 'InventoryThrottled'],
    ['a refusal', { status: 400, body: { code: 9, message: 'no' } }, 'InventoryRejected'],
  ])('%s is a result: nothing is looked for', async (_name, respond, tag) => {
    double.server.addFault({ method: 'POST', path: /salesorders$/, respond, times: 1 });
    expect(await failureOf(inventory().createSaleOrder(wanted()))).toMatchObject({ _tag: tag });
    expect(double.server.log.filter((entry) => /inventory/.test(entry.path))).toHaveLength(2);
  });

  it('many tries at once, in two processes: one order, and all get it', async () => {
    double.state.inventory.latencyMs = 10;
    const [a, b] = [inventory(), inventory()];
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => run((i % 2 === 0 ? a : b).createSaleOrder(wanted()))),
    );
    expect(new Set(all.map((created) => created.order.id)).size).toBe(1);
    expect(all.filter((created) => created.outcome === 'created')).toHaveLength(1);
    expect(sales().orders.size).toBe(1);
  });

  it('works when Zoho ignores the filter and returns everything', async () => {
    await run(inventory().createSaleOrder(wanted()));
    double.state.inventory.ignoreFilters = true;
    const other = wanted({ number: orderNumber('other') });
    expect(await run(inventory().createSaleOrder(other))).toMatchObject({ outcome: 'created' });
    expect(await run(inventory().saleOrder({ number }))).toMatchObject({ number });
    expect(await run(inventory().saleOrder({ number: 'TJ-NONE' }))).toBeNull();
  });
});

describe('reading and moving orders', () => {
  it('reads by id and by number; what does not exist is null', async () => {
    const { order } = await run(inventory().createSaleOrder(wanted()));
    expect(await run(inventory().saleOrder({ id: order.id }))).toEqual(order);
    expect(await run(inventory().saleOrder({ number }))).toEqual(order);
    expect(await run(inventory().saleOrder({ id: '4815000000000000009' }))).toBeNull();
    const error = await failureOf(inventory().saleOrder({ id: '../items' }));
    expect(error).toMatchObject({ _tag: 'InventoryRejected', code: 'INVALID_INPUT' });
  });

  it("lists one customer's orders only, even when Zoho ignores the filter", async () => {
    await run(inventory().createSaleOrder(wanted()));
    const other = sales().addContact({ name: 'Other', persons: [] }).id;
    await run(inventory().createSaleOrder(wanted({ number: 'TJ-2', customerId: other })));
    double.state.inventory.ignoreFilters = true;
    const page = await run(inventory().saleOrders({ page: 1, customerId: other }));
    expect(page.items.map((order) => order.number)).toEqual(['TJ-2']);
    expect((await run(inventory().saleOrders({ page: 1 }))).items).toHaveLength(2);
  });

  it('confirms once and commits the stock; a repeat changes nothing', async () => {
    double.state.inventory.setStock('DK-1400', 10);
    const { order } = await run(inventory().createSaleOrder(wanted()));
    expect(await run(inventory().confirmSaleOrder(order.id))).toMatchObject({ status: 'confirmed' });
    expect(await run(inventory().confirmSaleOrder(order.id))).toMatchObject({ status: 'confirmed' });
    expect(await run(inventory().itemBySku('DK-1400'))).toMatchObject({ stock: 9 });
    expect(await run(inventory().voidSaleOrder(order.id))).toMatchObject({ status: 'void' });
    expect(await run(inventory().itemBySku('DK-1400'))).toMatchObject({ stock: 10 });
  });

  it('a lost answer to a move is settled by reading the order', async () => {
    const { order } = await run(inventory().createSaleOrder(wanted()));
    double.server.addFault({ path: /status\/void/, dropAfter: true, times: 1 });
    expect(await run(inventory().voidSaleOrder(order.id))).toMatchObject({ status: 'void' });
    const error = await failureOf(inventory().confirmSaleOrder(order.id));
    expect(error).toMatchObject({ _tag: 'InventoryRejected', code: '36011' });
  });

  it('does not claim to have voided what Zoho keeps', async () => {
    const { order } = await run(inventory().createSaleOrder(wanted()));
    await run(inventory().confirmSaleOrder(order.id));
    sales().invoice(number);
    expect(await failureOf(inventory().voidSaleOrder(order.id))).toMatchObject({ code: '36012' });
    expect(await failureOf(inventory().voidSaleOrder('4815000000000000009'))).toMatchObject({ code: '1002' });
  });
});

describe('making sure of a sales order (domain 9.16)', () => {
  const puts = () => double.server.log.filter(({ method }) => method === 'PUT');
  const changed = () => wanted({ lines: [{ itemId: itemId('CH-616-NEW'), quantity: 5, rate: '386.10' }] });

  it('makes it, finds it again, and revises it under the same number', async () => {
    const made = await run(inventory().ensureSaleOrder(wanted()));
    expect(await run(inventory().ensureSaleOrder(wanted()))).toMatchObject({ id: made.id });
    expect(puts()).toEqual([]);
    const revised = await run(inventory().ensureSaleOrder(changed()));
    expect(revised).toMatchObject({ id: made.id, number, subTotal: '1930.50', taxTotal: '96.53' });
    expect(revised.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['CH-616-NEW', 5]]);
    expect(puts()).toHaveLength(1);
    expect(sales().orders.size).toBe(1);
  });

  it.each([
    ['the connection breaks after Zoho did it', { dropAfter: true }],
    ['Zoho finishes after we gave up', { delayMs: 150 }],
  ])('%s: the order itself tells that it is revised', async (_name, fault) => {
    await run(inventory().ensureSaleOrder(wanted()));
    double.server.addFault({ method: 'PUT', path: /salesorders/, times: 1, ...fault });
    const service = inventory({ createTimeoutMs: 100, lookDelaysMs: [10, 200] });
    await run(service.ensureSaleOrder(changed())).catch(() => null);
    expect(await run(service.ensureSaleOrder(changed()))).toMatchObject({ subTotal: '1930.50' });
    expect(sales().orders.size).toBe(1);
  });

  it('a lost request is an error that may be tried again, and nothing is said to be revised', async () => {
    await run(inventory().ensureSaleOrder(wanted()));
    double.server.addFault({ method: 'PUT', path: /salesorders/, times: 1, dropBefore: true });
    expect(await failureOf(inventory().ensureSaleOrder(changed()))).toMatchObject({ retryable: true });
    expect([...sales().orders.values()][0]?.lines).toHaveLength(2);
  });

  it('a confirmed order is nobody’s to revise: a conflict for a person', async () => {
    const made = await run(inventory().ensureSaleOrder(wanted()));
    await run(inventory().confirmSaleOrder(made.id));
    expect(await failureOf(inventory().ensureSaleOrder(changed()))).toMatchObject({
      _tag: 'InventoryConflict',
      what: 'order',
    });
    expect(puts()).toEqual([]);
  });

  it('a revision that Zoho answers with "no such record" is told as that, not as a difference to compare', async () => {
    await run(inventory().ensureSaleOrder(wanted()));
    double.server.addFault({ method: 'PUT', path: /salesorders/, times: 1, dropAfter: true });
    await run(inventory({ createTimeoutMs: 100 }).ensureSaleOrder(changed()));
    double.server.addFault({
      method: 'PUT',
      path: /salesorders/,
      times: 1,
      respond: { status: 404, body: { code: 1002, message: 'Sales order does not exist.' } },
    });
    expect(await failureOf(inventory().ensureSaleOrder(wanted()))).toMatchObject({
      _tag: 'InventoryRejected',
      code: '1002',
    });
  });

  it('a refused revision changes nothing, and says so', async () => {
    const made = await run(inventory().ensureSaleOrder(wanted()));
    const refused = { ...changed(), taxId: '4815000000099999' };
    expect(await failureOf(inventory().ensureSaleOrder(refused))).toMatchObject({
      _tag: 'InventoryRejected',
      code: '1002',
      message: expect.stringContaining('correct the tax setting'),
      retryable: false,
    });
    expect([...sales().orders.values()][0]?.lines).toHaveLength(2);
    expect(await run(inventory().ensureSaleOrder(wanted()))).toMatchObject({ id: made.id });
    expect(await failureOf(inventory().ensureSaleOrder(wanted({ lines: [] })))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
