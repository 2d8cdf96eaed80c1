import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, makeTestClock, run, tokenFor } from '../zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../zoho-oauth/zoho-double.ts';
import { customerName } from './customer-writes.ts';
import { makeZohoInventory, type ZohoInventoryConfig } from './zoho-inventory.ts';

let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
});
afterEach(() => double.close());

const sales = () => double.state.inventory.sales;
const inventory = (more: Partial<ZohoInventoryConfig> = {}) =>
  makeZohoInventory(
    { baseUrl: double.inventoryUrl, organizationId: '20071100001', clock, lookDelaysMs: [20, 60], ...more },
    tokenFor(double, 'inventory', { clock }),
  );
const noura = {
  name: 'Noura Al Ali',
  phone: '971 50 123 4567',
  email: 'Noura@Ali.example',
  company: 'Ali Design',
  address: 'Office 1204, Bay Tower, Dubai',
};
const posts = (path: RegExp) =>
  double.server.log.filter((entry) => entry.method === 'POST' && path.test(entry.path));

describe('finding a customer (domain 9.19)', () => {
  it.each([
    ['the canonical spelling', { phone: '+971501234567' }],
    ['blanks and dashes', { phone: '+971 50-123 4567' }],
    ['the national spelling, in the mobile', { mobile: '0501234567' }],
  ])('finds %s', async (_name, person) => {
    const { id } = sales().addContact({ name: 'Somebody', persons: [person] });
    expect(await run(inventory().findCustomer('+971501234567'))).toMatchObject({
      customer: { id, active: true },
      matchedBy: 'phone',
      duplicates: [],
    });
  });

  it('looks at every person of a contact', async () => {
    const { id } = sales().addContact({
      name: 'Ali Design',
      persons: [{ phone: '+971500000009' }, { phone: '+971501234567' }],
    });
    expect(await run(inventory().findCustomer('+971501234567'))).toMatchObject({ customer: { id } });
  });

  it('checks the digits itself: a longer number that contains ours is a stranger', async () => {
    sales().addContact({ name: 'Stranger', persons: [{ phone: '+44971501234567' }] });
    expect(await run(inventory().findCustomer('+971501234567'))).toBeNull();
  });

  it('finds an inactive one, and prefers an active one', async () => {
    const asleep = sales().addContact({
      name: 'Asleep',
      active: false,
      persons: [{ phone: '+971501234567' }],
    });
    expect(await run(inventory().findCustomer('+971501234567'))).toMatchObject({
      customer: { id: asleep.id, active: false },
    });
    const awake = sales().addContact({ name: 'Awake', persons: [{ phone: '+971501234567' }] });
    expect(await run(inventory().findCustomer('+971501234567'))).toMatchObject({
      customer: { id: awake.id },
    });
  });

  it('of two that fit it takes the older one, and names the other', async () => {
    const first = sales().addContact({ name: 'First', persons: [{ phone: '+971501234567' }] });
    const second = sales().addContact({ name: 'Second', persons: [{ phone: '00971501234567' }] });
    expect(await run(inventory().findCustomer('+971501234567'))).toMatchObject({
      customer: { id: first.id },
      duplicates: [second.id],
    });
  });

  it('by e-mail only when no phone fits, by exactly this one and only with the same name', async () => {
    sales().addContact({ name: 'Other', persons: [{ email: 'not-noura@ali.example' }] });
    const { id } = sales().addContact({
      name: 'noura  al ali (+971509998877)',
      active: false,
      persons: [{ email: 'noura@ali.example' }],
    });
    const found = await run(inventory().findCustomer(noura.phone, noura));
    expect(found).toMatchObject({ customer: { id }, matchedBy: 'email', duplicates: [] });
    expect(await run(inventory().findCustomer(noura.phone, { email: noura.email }))).toBeNull();
  });

  it('another’s e-mail address opens nobody’s account: a customer of their own is made', async () => {
    const { id } = sales().addContact({
      name: 'Hamad Saeed',
      persons: [{ phone: '+971509999999', email: 'noura@ali.example' }],
    });
    const { customer, outcome } = await run(inventory().ensureCustomer(noura));
    expect(outcome).toBe('created');
    expect(customer.id).not.toBe(id);
  });

  it('never takes a vendor for a customer', async () => {
    sales().addContact({ name: 'Supplier', type: 'vendor', persons: [{ phone: '+971501234567' }] });
    expect(await run(inventory().findCustomer('+971501234567'))).toBeNull();
  });

  it('believes the contact, not the list row, which may be stale', async () => {
    sales().addContact({ name: 'Moved on', persons: [{ phone: '+971509999999' }] });
    const id = [...sales().contacts.keys()][0];
    const contacts = [{ contact_id: id, contact_name: 'Moved on', phone: '+971501234567', status: 'active' }];
    const respond = { status: 200, body: { code: 0, contacts, page_context: { has_more_page: false } } };
    double.server.addFault({ path: /contacts$/, respond, times: 1 });
    expect(await run(inventory().findCustomer('+971501234567'))).toBeNull();
  });

  it('does not say "none" when Zoho ignored the filter and has further pages', async () => {
    for (let i = 0; i < 25; i++)
      sales().addContact({ name: `C${i}`, persons: [{ phone: `+97150000010${i}` }] });
    double.state.inventory.ignoreFilters = true;
    expect(await failureOf(inventory().findCustomer('+971501234567'))).toMatchObject({
      _tag: 'InventoryMalformed',
    });
  });

  it('refuses a phone that is none without a call', async () => {
    expect(await failureOf(inventory().findCustomer('12'))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(double.server.log).toHaveLength(0);
  });
});

describe('creating a customer (lesson F-36)', () => {
  it('carries the phone in the name, so that two of one name stay two', async () => {
    const first = await run(inventory().createCustomer(noura));
    const second = await run(inventory().createCustomer({ name: noura.name, phone: '+971507654321' }));
    expect(first).toMatchObject({
      outcome: 'created',
      customer: {
        name: 'Noura Al Ali (+971501234567)',
        company: 'Ali Design',
        phones: ['+971501234567'],
        emails: ['noura@ali.example'],
      },
    });
    expect(second.customer.id).not.toBe(first.customer.id);
    expect(sales().contacts.get(first.customer.id)).toMatchObject({
      address: 'Office 1204, Bay Tower, Dubai',
      persons: [{ firstName: 'Noura Al', lastName: 'Ali' }],
    });
  });

  it('keeps a long name within 200 characters, with the whole phone', () => {
    const name = customerName('م'.repeat(400), '+971501234567');
    expect(name).toHaveLength(200);
    expect(name.endsWith(' (+971501234567)')).toBe(true);
  });

  it('code 3062: the holder is this customer, so it is taken', async () => {
    const first = await run(inventory().createCustomer(noura));
    const again = await run(inventory().createCustomer(noura));
    expect(again).toMatchObject({ outcome: 'existing', customer: { id: first.customer.id } });
    expect(sales().contacts.size).toBe(1);
  });

  it('code 3062: the holder sleeps, so it is woken', async () => {
    const { customer } = await run(inventory().createCustomer(noura));
    Object.assign(sales().contacts.get(customer.id) ?? {}, { active: false });
    const again = await run(inventory().createCustomer(noura));
    expect(again).toMatchObject({ outcome: 'reactivated', customer: { id: customer.id, active: true } });
  });

  it.each([
    ['phone', { persons: [{ phone: '+971500000001' }] }],
    ['email', { persons: [{ phone: '+971501234567', email: 'other@x.example' }] }],
    ['type', { type: 'vendor' as const, persons: [{ phone: '+971501234567' }] }],
  ])('code 3062: a holder with another %s is a conflict for a person', async (fact, seed) => {
    const { id } = sales().addContact({ name: 'Noura Al Ali (+971501234567)', ...seed });
    const error = await failureOf(inventory().createCustomer(noura));
    expect(error).toMatchObject({
      _tag: 'InventoryConflict',
      what: 'customer',
      id,
      differences: [fact],
      retryable: false,
    });
    expect(JSON.stringify(error)).not.toMatch(/Noura|ali\.example|1234567/i);
  });

  it.each([
    ['Zoho finishes after we gave up', { delayMs: 150 }],
    ['the connection breaks after Zoho did it', { dropAfter: true }],
    ['the answer never ends', { slowBodyMs: 50 }],
  ])('%s: one customer, read back', async (_name, fault) => {
    double.server.addFault({ method: 'POST', path: /contacts$/, times: 1, ...fault });
    const service = inventory({ createTimeoutMs: 100, lookDelaysMs: [10, 150] });
    const { customer } = await run(service.createCustomer(noura));
    expect([...sales().contacts.keys()]).toEqual([customer.id]);
    expect(posts(/contacts$/)).toHaveLength(1);
  });

  it('nothing can be found: unknown, and retryable', async () => {
    double.server.addFault({ method: 'POST', path: /contacts$/, dropBefore: true, times: 1 });
    expect(await failureOf(inventory().createCustomer(noura))).toMatchObject({
      _tag: 'InventoryUnverified',
      retryable: true,
      retryAfterMs: 60_000,
    });
  });

  it('many at once: one customer, and all get it', async () => {
    double.state.inventory.latencyMs = 5;
    const [a, b] = [inventory(), inventory()];
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, i) => run((i % 2 === 0 ? a : b).ensureCustomer(noura))),
    );
    expect(new Set(all.map((written) => written.customer.id)).size).toBe(1);
    expect(sales().contacts.size).toBe(1);
  });

  it.each([
    ['no name', { ...noura, name: ' ' }],
    ['no phone', { ...noura, phone: 'x' }],
  ])('refuses %s without a call', async (_name, customer) => {
    expect(await failureOf(inventory().ensureCustomer(customer))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(double.server.log).toHaveLength(0);
  });
});

describe('making sure of a customer', () => {
  it('creates once, then finds', async () => {
    const first = await run(inventory().ensureCustomer(noura));
    const second = await run(inventory().ensureCustomer({ ...noura, name: 'N. Al Ali' }));
    expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
    expect(second.customer.id).toBe(first.customer.id);
  });

  it('wakes the one it finds; a lost answer to that is settled by reading', async () => {
    const { id } = sales().addContact({ name: 'Asleep', active: false, persons: [{ phone: noura.phone }] });
    double.server.addFault({ path: /\/active$/, dropAfter: true, times: 1 });
    expect(await run(inventory().ensureCustomer(noura))).toMatchObject({
      outcome: 'reactivated',
      customer: { id, active: true },
    });
    expect(posts(/contacts$/)).toHaveLength(0);
  });

  it('says so when Zoho does not wake it', async () => {
    const { id } = sales().addContact({ name: 'Asleep', active: false, persons: [{ phone: noura.phone }] });
    double.server.addFault({ path: /\/active$/, respond: { status: 400, body: { code: 9, message: 'no' } } });
    expect(await failureOf(inventory().activateCustomer(id))).toMatchObject({ code: '9' });
    expect(await failureOf(inventory().activateCustomer('4815000000000000009'))).toMatchObject({
      code: '1002',
    });
  });
});
