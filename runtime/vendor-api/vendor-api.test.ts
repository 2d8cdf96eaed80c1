/** CRM and Inventory through our API, over real HTTP to the doubles: one order for a key, and failures a caller can act on. */
import { Effect, Layer } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrmProfiles } from '../../actors/conversation/crm-profiles.ts';
import { CrmSettings } from '../../actors/conversation/crm-settings.ts';
import { sharedStateLayer } from '../../adapters/redis/shared-state.ts';
import { type DealMapChanges, makeZohoCrm, ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import { makeZohoInventory, ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { makeTestClock, tokenFor } from '../../adapters/zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { db, session, setup } from '../api/test-web-handler.ts';
import { fakeLog } from '../server/test-fakes.ts';
import { makeCrmApi } from './crm-api.ts';
import { makeInventoryApi } from './inventory-api.ts';

const LAYLA = '554023000001234001';
const CUSTOMER = { name: 'Noura Salem', phone: '+971501234567', company: 'Salem LLC' };

let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
  await db.pool.query('truncate order_request');
});
afterEach(() => double.close());

/** A replica's API; several share the database and the vendor. */
const api = (deals: DealMapChanges = {}) => {
  const quick = { lookDelaysMs: [10, 40], timeoutMs: 2000 };
  const crm = makeZohoCrm({ baseUrl: double.crmUrl, ...quick }, tokenFor(double, 'crm', { clock }));
  const inventory = makeZohoInventory(
    { baseUrl: double.inventoryUrl, organizationId: '20071100001', clock, ...quick },
    tokenFor(double, 'inventory', { clock }),
  );
  const base = Layer.mergeAll(
    Layer.succeed(ZohoCrm, crm),
    Layer.succeed(ZohoInventory, inventory),
    Layer.succeed(CrmSettings, {
      deals: Effect.succeed(deals),
      contactAttribution: Effect.succeed({}),
    }),
    sharedStateLayer({ url: null, log: fakeLog() }),
  );
  const layer = CrmProfiles.layer({ hash: (phone) => phone }).pipe(Layer.provideMerge(base));
  const services = Effect.runSync(Effect.scoped(Layer.build(layer)));
  return setup({
    crm: makeCrmApi(services, 'AED'),
    inventory: makeInventoryApi({ services, pool: db.pool, clock, currency: 'AED' }),
  });
};

const orders = () => [...double.state.inventory.sales.orders.values()];
const ORDER = { customer: CUSTOMER, lines: [{ sku: 'CH-616-NEW', quantity: 3, price: '386.10' }] };
const key = (value: string) => ({ 'idempotency-key': value });

describe('sales orders', () => {
  it('are made once for a key, with the answer of the first time', async () => {
    const { call } = api();
    const first = await call('POST', '/inventory/sale-orders', ORDER, key('k1'));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      status: 'draft',
      customerName: expect.stringContaining('Noura Salem'),
      lines: [{ sku: 'CH-616-NEW', quantity: 3, price: { amount: '386.10', currency: 'AED' } }],
      subtotal: { amount: '1158.30', currency: 'AED' },
      stage: { key: 'quotation' },
    });
    double.state.inventory.sales.setStatus(first.body.number, 'confirmed');
    const reordered = { lines: ORDER.lines, customer: CUSTOMER };
    const again = await api().call('POST', '/inventory/sale-orders', reordered, key('k1'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(orders()).toHaveLength(1);
  });

  it('refuse another body under the same key, and make another order for another key', async () => {
    const { call } = api();
    await call('POST', '/inventory/sale-orders', ORDER, key('k1'));
    const other = { ...ORDER, lines: [{ sku: 'CH-616-NEW', quantity: 4, price: '386.10' }] };
    const refused = await call('POST', '/inventory/sale-orders', other, key('k1'));
    expect([refused.status, refused.body.error.code]).toEqual([409, 'idempotency_key_reused']);
    expect((await call('POST', '/inventory/sale-orders', other, key('k2'))).status).toBe(201);
    expect(orders()).toHaveLength(2);
  });

  it('stay single when two replicas are asked at once', async () => {
    const answers = await Promise.all(
      [api(), api(), api()].map(({ call }) => call('POST', '/inventory/sale-orders', ORDER, key('race'))),
    );
    expect(orders()).toHaveLength(1);
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(numbers.length).toBeGreaterThan(0);
    expect(new Set(numbers).size).toBe(1);
    for (const { status } of answers) expect([201, 409, 503]).toContain(status);
  });

  it('stay single when the answer was lost, and keep the price of the first time', async () => {
    const { call } = api();
    const priced = { customer: CUSTOMER, lines: [{ sku: 'CH-616-NEW', quantity: 1 }] };
    double.server.addFault({ method: 'POST', path: /salesorders$/, times: 1, dropAfter: true });
    double.server.addFault({ method: 'GET', path: /salesorders/, times: 6, respond: { status: 500 } });
    const lost = await call('POST', '/inventory/sale-orders', priced, key('lost'));
    expect([lost.status, Number(lost.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
    expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);
    double.server.clearFaults();
    const before = double.state.inventory.items.get('CH-616-NEW')?.price;
    double.state.inventory.setPrice('CH-616-NEW', '999.00');
    const again = await call('POST', '/inventory/sale-orders', priced, key('lost'));
    expect(again.status).toBe(201);
    expect(again.body.lines[0].price.amount).toBe(before);
    expect(orders()).toHaveLength(1);
  });

  it('need a key, an article that is sold, and a customer; a corrected body may use the key', async () => {
    const { call } = api();
    const noKey = await call('POST', '/inventory/sale-orders', ORDER);
    expect([noKey.status, noKey.body.error.issues[0].path]).toEqual([422, 'idempotency-key']);
    const unknown = { ...ORDER, lines: [{ sku: 'NO-SUCH', quantity: 1 }] };
    const refused = await call('POST', '/inventory/sale-orders', unknown, key('k1'));
    expect([refused.status, refused.body.error.issues[0].path]).toEqual([422, 'lines[0].sku']);
    const euros = { ...ORDER, deliveryCharge: { amount: '10.00', currency: 'EUR' } };
    expect((await call('POST', '/inventory/sale-orders', euros, key('k1'))).status).toBe(422);
    const nobody = { lines: ORDER.lines };
    expect((await call('POST', '/inventory/sale-orders', nobody, key('k1'))).status).toBe(422);
    expect(orders()).toHaveLength(0);
    expect((await call('POST', '/inventory/sale-orders', ORDER, key('k1'))).status).toBe(201);
  });

  it('are listed page by page, found by number, and read whole', async () => {
    const { call } = api();
    for (const n of [1, 2, 3]) await call('POST', '/inventory/sale-orders', ORDER, key(`k${n}`));
    const first = (await call('GET', '/inventory/sale-orders?limit=2')).body;
    expect(first.items).toHaveLength(2);
    const rest = (await call('GET', `/inventory/sale-orders?limit=2&cursor=${first.next}`)).body;
    expect(rest).toMatchObject({ items: [{}], next: null });
    const [one] = rest.items;
    expect((await call('GET', `/inventory/sale-orders?number=${one.number}`)).body.items).toEqual([one]);
    expect((await call('GET', `/inventory/sale-orders/${one.id}`)).body).toMatchObject({
      number: one.number,
    });
    expect((await call('GET', '/inventory/sale-orders/999')).status).toBe(404);
    expect((await call('GET', '/inventory/sale-orders?cursor=mine')).status).toBe(422);
  });

  it('are for managers, not for viewers', async () => {
    const one = api();
    const viewer = await session(one, 'viewer');
    const init = { body: JSON.stringify(ORDER), headers: { ...viewer.headers(), ...key('k1') } };
    expect((await one.raw('POST', '/inventory/sale-orders', init)).status).toBe(403);
  });
});

describe('deals', () => {
  const DEAL = { name: 'Chairs for 12', contactId: LAYLA, stage: 'new', amount: '4633.20' };

  it('are made once for a key, changed, and read', async () => {
    const { call } = api();
    const made = await call('POST', '/crm/deals', DEAL, key('d1'));
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        outcome: 'created',
        stage: 'New Lead',
        stageKey: 'new',
        amount: { amount: '4633.20', currency: 'AED' },
      },
    ]);
    const { id } = made.body;
    expect((await call('POST', '/crm/deals', DEAL, key('d1'))).body).toMatchObject({
      id,
      outcome: 'existing',
    });
    const changed = await call('PATCH', `/crm/deals/${id}`, { stage: 'Offer sent' });
    expect(changed.body).toMatchObject({ stageKey: 'offerSent', outcome: 'updated' });
    const money = { amount: { amount: '5000.00', currency: 'AED' } };
    expect((await call('PATCH', '/crm/deals', { id, ...money })).body.amount).toEqual(money.amount);
    expect((await call('GET', `/crm/deals/${id}`)).body).toMatchObject({ id, stage: 'Offer sent' });
    const ofLayla = (await call('GET', `/crm/deals?contact=${LAYLA}`)).body.items;
    expect(ofLayla.map((deal: { id: string }) => deal.id)).toContain(id);
    const all = (await call('GET', '/crm/deals?limit=1')).body;
    expect(all.items).toHaveLength(1);
  });

  it('stand at the stages that settings name, in both directions', async () => {
    const { call } = api({ stages: { new: 'Qualification', offerSent: 'Negotiations' } });
    const made = await call('POST', '/crm/deals', DEAL, key('d2'));
    expect(made.body).toMatchObject({ stage: 'Qualification', stageKey: 'new' });
    const { id } = made.body;
    expect((await call('PATCH', `/crm/deals/${id}`, { stage: 'offerSent' })).body.stage).toBe('Negotiations');
    expect((await call('GET', `/crm/deals/${id}`)).body).toMatchObject({
      stage: 'Negotiations',
      stageKey: 'offerSent',
    });
  });

  it('say what is wrong: the stage, the deal, the currency', async () => {
    const { call } = api();
    const stage = await call('POST', '/crm/deals', { ...DEAL, stage: 'dreaming' });
    expect([stage.status, stage.body.error.issues[0].path]).toEqual([422, 'stage']);
    const euros = { ...DEAL, amount: { amount: '1.00', currency: 'EUR' } };
    expect((await call('POST', '/crm/deals', euros)).status).toBe(422);
    expect((await call('PATCH', '/crm/deals/554023000009999999', { stage: 'lost' })).status).toBe(404);
    expect((await call('GET', '/crm/deals/554023000009999999')).status).toBe(404);
  });
});

describe('a vendor that fails', () => {
  const throttled = { status: 429, body: { code: 44, message: 'too many' } };
  it.each([
    ['is away', { dropBefore: true }, 503, 'vendor_unavailable'],
    ['answers 500', { respond: { status: 500, body: 'oops' } }, 503, 'vendor_unavailable'],
    ['has enough for this minute', { respond: throttled }, 503, 'vendor_throttled'],
    ['lacks a scope', { respond: { status: 401, body: { code: 57, message: 'no' } } }, 503, 'vendor_access'],
    ['refuses', { respond: { status: 400, body: { code: 5, message: 'no' } } }, 422, 'vendor_rejected'],
    ['speaks in tongues', { respond: { status: 200, body: { code: 0 } } }, 503, 'vendor_unreadable'],
  ])('that %s is told apart', async (_, fault, status, code) => {
    const { call } = api();
    double.server.addFault({ path: /\/items$/, ...fault });
    const answer = await call('GET', '/inventory/stock?sku=CH-616-NEW');
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.headers.get('retry-after') === null).toBe(status !== 503);
    expect(JSON.stringify(answer.body)).not.toContain(CUSTOMER.phone);
  });

  it('answers stock and contacts when it is there', async () => {
    const { call } = api();
    expect((await call('GET', '/inventory/stock?sku=CH-616-NEW')).body).toMatchObject({ sku: 'CH-616-NEW' });
    expect((await call('GET', '/inventory/stock?sku=X')).status).toBe(404);
    expect((await call('GET', '/inventory/stock')).status).toBe(422);
    expect((await call('GET', '/crm/contacts?phone=%2B971509999999')).body).toEqual({
      items: [],
      next: null,
    });
  });
});
