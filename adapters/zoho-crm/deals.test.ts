import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, makeTestClock, run, tokenFor } from '../zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../zoho-oauth/zoho-double.ts';
import { purchasesOf } from './deal.ts';
import { defaultDealMap } from './deal-map.ts';
import { makeZohoCrm, type NewDeal, type ZohoCrmConfig } from './zoho-crm.ts';

const LAYLA = '554023000001234001';
let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
});
afterEach(() => double.close());

const crm = (more: Partial<ZohoCrmConfig> = {}) =>
  makeZohoCrm(
    { baseUrl: double.crmUrl, lookDelaysMs: [10, 60], ...more },
    tokenFor(double, 'crm', { clock }),
  );
const state = () => double.state.crm;
const calls = (method: string, path: RegExp) =>
  double.server.log.filter((entry) => entry.method === method && path.test(entry.path));
const chairs: NewDeal = {
  key: 'wz:channel:971500000101#1',
  name: 'Office chairs for 12',
  contactId: LAYLA,
  stage: 'new',
  amount: '4633.20',
  closingDate: '2026-03-01',
  leadSource: 'chatbot',
};
const ours = () => [...state().deals.values()].filter((deal) => String(deal.Deal_Name).startsWith('Office'));

describe('creating a deal (domain 11.10)', () => {
  it('creates it once, with exact money, verified by reading it', async () => {
    const { outcome, deal, leftOut } = await run(crm().createDeal(chairs));
    expect([outcome, leftOut]).toEqual(['created', []]);
    expect(deal).toMatchObject({
      name: 'Office chairs for 12',
      stage: 'New Lead',
      amount: '4633.20',
      contactId: LAYLA,
      closingDate: '2026-03-01',
    });
    expect(calls('POST', /upsert/)[0]?.body).toContain('"Amount":4633.20');
    expect(calls('GET', new RegExp(`Deals/${deal.id}$`))).toHaveLength(1);
  });

  it('a repeat finds it and writes nothing: a manager may have moved it meanwhile', async () => {
    const service = crm();
    const first = await run(service.createDeal(chairs));
    await run(service.updateDeal(first.deal.id, { stage: 'negotiations' }));
    const second = await run(service.createDeal(chairs));
    expect(second).toMatchObject({
      outcome: 'existing',
      deal: { id: first.deal.id, stage: 'Negotiations' },
    });
    expect(calls('POST', /Deals/)).toHaveLength(1);
  });

  it('a repeat within the lag of the search index makes no second deal', async () => {
    state().indexLagMs = 30_000;
    const service = crm();
    const first = await run(service.createDeal(chairs));
    const second = await run(service.createDeal(chairs));
    expect(second).toMatchObject({ outcome: 'existing', deal: { id: first.deal.id } });
    expect(ours()).toHaveLength(1);
  });

  it('a repeat that meets a deal of a Blueprint before search knows it waits, and leaves it alone', async () => {
    const { deal } = await run(crm().createDeal(chairs));
    state().blueprint = [];
    state().indexLagMs = 30_000;
    expect(await failureOf(crm().createDeal(chairs))).toMatchObject({
      _tag: 'CrmUnverified',
      retryable: true,
    });
    clock.advance(60_000);
    expect(await run(crm().createDeal(chairs))).toMatchObject({ outcome: 'existing', deal: { id: deal.id } });
    expect(ours()).toHaveLength(1);
  });

  it('many at once: one deal', async () => {
    const [a, b] = [crm(), crm()];
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, i) => run((i % 2 ? a : b).createDeal(chairs))),
    );
    expect(new Set(all.map((created) => created.deal.id)).size).toBe(1);
    expect(ours()).toHaveLength(1);
  });

  it.each([
    ['the connection breaks after CRM did it', { dropAfter: true }],
    ['CRM finishes after we gave up', { delayMs: 150 }],
    ["a gateway's page", { dropAfter: false, respond: { status: 502, body: '<html>' } }],
  ])('%s: never a second one', async (_name, fault) => {
    double.server.addFault({ method: 'POST', path: /Deals/, times: 1, ...fault });
    const service = crm({ timeoutMs: 100, lookDelaysMs: [10, 150] });
    const isDone = !('respond' in fault);
    if (isDone) expect((await run(service.createDeal(chairs))).outcome).toBe('existing');
    else
      expect(await failureOf(service.createDeal(chairs))).toMatchObject({
        _tag: 'CrmUnverified',
        retryable: true,
      });
    await run(service.createDeal(chairs));
    expect(ours()).toHaveLength(1);
  });

  it('a success that cannot be read back is no success', async () => {
    double.server.addFault({ method: 'GET', path: /Deals\/\d+$/, respond: { status: 204 }, times: 1 });
    expect(await failureOf(crm().createDeal(chairs))).toMatchObject({
      _tag: 'CrmUnverified',
      retryable: true,
    });
  });

  it('leaves out a fact that CRM dislikes rather than lose the deal, and names it', async () => {
    state().refusedDealFields.add('UTM_Source').add('Lead_Source');
    const deals = { attribution: { source: 'UTM_Source', campaign: 'UTM_Campaign' } };
    const created = await run(
      crm({ deals }).createDeal({ ...chairs, attribution: { source: 'instagram', campaign: 'spring' } }),
    );
    expect([...created.leftOut].sort()).toEqual(['Lead_Source', 'UTM_Source']);
    expect(state().deals.get(created.deal.id)).toMatchObject({ UTM_Campaign: 'spring' });
  });

  it('writes attribution only where it is mapped (domain 11.7)', async () => {
    const { deal } = await run(crm().createDeal({ ...chairs, attribution: { source: 'instagram' } }));
    expect(JSON.stringify(state().deals.get(deal.id))).not.toContain('instagram');
  });

  it('takes stages from the settings of the call', async () => {
    const { deal } = await run(crm().createDeal(chairs, { stages: { new: 'Qualification' } }));
    expect(deal.stage).toBe('Qualification');
    const error = await failureOf(crm().createDeal({ ...chairs, key: 'k2' }, { stages: { new: 'No such' } }));
    expect(error).toMatchObject({
      _tag: 'CrmRejected',
      code: 'INVALID_DATA',
      field: 'Stage',
      retryable: false,
    });
  });

  it.each([
    ['an amount that is none', { amount: '12,5' }],
    ['a date that is none', { closingDate: 'tomorrow' }],
    ['no key', { key: '' }],
    ['no name', { name: ' ' }],
    ['an id that is none', { contactId: 'x' }],
  ])('refuses %s without a call', async (_name, change) => {
    expect(await failureOf(crm().createDeal({ ...chairs, ...change }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(double.server.log).toHaveLength(0);
  });
});

describe.each([
  ['the organisation has no unique field', {}, null],
  ['the settings name none', { uniqueField: null }, 'Bot_Conversation_Id'],
])('creating a deal when %s', (_name, deals, field) => {
  beforeEach(() => {
    state().dealUniqueField = field;
  });

  it('tells ours by a code in the name, among the records, which do not lag', async () => {
    state().indexLagMs = 30_000;
    const service = crm({ deals });
    const first = await run(service.createDeal(chairs));
    const second = await run(service.createDeal(chairs));
    expect(first.deal.name).toMatch(/^Office chairs for 12 \[[0-9A-F]{10}\]$/);
    expect(second).toMatchObject({ outcome: 'existing', deal: { id: first.deal.id } });
    const another = await run(service.createDeal({ ...chairs, key: 'wz:channel:971500000101#2' }));
    expect(another).toMatchObject({ outcome: 'created' });
    expect(ours()).toHaveLength(2);
  });

  it('a lost answer is settled by reading, never by a second POST', async () => {
    double.server.addFault({ method: 'POST', path: /Deals$/, dropAfter: true, times: 1 });
    expect((await run(crm({ deals }).createDeal(chairs))).outcome).toBe('existing');
    double.server.addFault({ method: 'POST', path: /Deals$/, dropBefore: true, times: 1 });
    const other = { ...chairs, key: 'other' };
    expect(await failureOf(crm({ deals }).createDeal(other))).toMatchObject({ _tag: 'CrmUnverified' });
    expect(calls('POST', /Deals$/)).toHaveLength(1);
    expect(ours()).toHaveLength(1);
  });
});

describe('moving a deal', () => {
  const create = async () => (await run(crm().createDeal(chairs))).deal.id;

  it('writes the facts and the stage', async () => {
    const id = await create();
    await run(crm().updateDeal(id, { amount: '9000', stage: 'offerSent', description: 'quote TJ-1' }));
    expect(await run(crm().deal(id))).toMatchObject({ amount: '9000.00', stage: 'Offer sent' });
    expect(state().deals.get(id)).toMatchObject({ Description: 'quote TJ-1' });
  });

  it.each([
    ['nothing to write', {}, 'INVALID_INPUT'],
    ['an amount that is none', { amount: '-1' }, 'INVALID_INPUT'],
  ])('refuses %s', async (_name, fields, code) => {
    expect(await failureOf(crm().updateDeal(LAYLA, fields))).toMatchObject({ code });
  });

  it('an unknown deal is a refusal', async () => {
    const error = await failureOf(crm().updateDeal('554023000009999999', { stage: 'lost' }));
    expect(error).toMatchObject({ _tag: 'CrmRejected', code: 'INVALID_DATA', retryable: false });
  });

  it('wire/00 fact 6: runs the transition where a Blueprint owns the stage', async () => {
    const id = await create();
    state().blueprint = [
      { id: '554023000000600010', name: 'Drop', from: 'New Lead', to: 'Closed lost', mandatory: [] },
      { id: '554023000000600011', name: 'Quote', from: 'New Lead', to: 'Offer sent', mandatory: ['Amount'] },
    ];
    await run(crm().updateDeal(id, { stage: 'offerSent', amount: '1200.50' }));
    expect(state().deals.get(id)).toMatchObject({ Stage: 'Offer sent', Amount: 1200.5 });
    expect(calls('PUT', /blueprint/)).toHaveLength(1);
    await run(crm().updateDeal(id, { stage: 'offerSent' }));
    expect(calls('PUT', /blueprint/)).toHaveLength(1);
  });

  it('a lost answer to a transition: the repeat sees that the deal is there', async () => {
    const id = await create();
    state().blueprint = [{ id: '1', name: 'Quote', from: 'New Lead', to: 'Offer sent', mandatory: [] }];
    double.server.addFault({ method: 'PUT', path: /blueprint/, dropAfter: true, times: 1 });
    const error = await failureOf(crm().updateDeal(id, { stage: 'offerSent' }));
    expect(error).toMatchObject({ _tag: 'VendorUnreachable', retryable: true });
    await run(crm().updateDeal(id, { stage: 'offerSent' }));
    expect(state().deals.get(id)).toMatchObject({ Stage: 'Offer sent' });
  });

  it('says which ways there are when none leads to the stage; the facts are kept', async () => {
    const id = await create();
    state().blueprint = [{ id: '1', name: 'Drop', from: 'New Lead', to: 'Closed lost', mandatory: [] }];
    const error = await failureOf(crm().updateDeal(id, { stage: 'orderConfirmed', amount: '7.00' }));
    expect(error).toMatchObject({
      _tag: 'CrmNoTransition',
      from: 'New Lead',
      to: 'Order confirmed',
      offered: ['Closed lost'],
      retryable: false,
    });
    expect(state().deals.get(id)).toMatchObject({ Stage: 'New Lead', Amount: 7 });
  });

  it('names the field that a transition demands and we do not have', async () => {
    const id = await create();
    state().blueprint = [
      { id: '1', name: 'Quote', from: 'New Lead', to: 'Offer sent', mandatory: ['Valid_Until'] },
    ];
    expect(await failureOf(crm().updateDeal(id, { stage: 'offerSent' }))).toMatchObject({
      _tag: 'CrmRejected',
      code: 'MANDATORY_NOT_FOUND',
      field: 'Valid_Until',
    });
  });
});

describe('deals as history (domain 11.3)', () => {
  it('come newest first, page by page for the shop, and all of a contact', async () => {
    clock.advance(1_000);
    const { deal } = await run(crm().createDeal(chairs));
    const mine = await run(crm().contactDeals(LAYLA));
    expect(mine.map((found) => found.id)[0]).toBe(deal.id);
    const page = await run(crm().deals(1));
    expect([page.items[0]?.id, page.hasMore]).toEqual([deal.id, false]);
    expect(purchasesOf(mine, defaultDealMap)).toMatchObject({
      orders: 1,
      total: '18960.50',
      latest: { id: deal.id },
    });
    expect(await run(crm().deal('554023000009999999'))).toBeNull();
  });
});

describe('notes', () => {
  const note = { key: 'wz:c:1:9:addNote', title: 'WhatsApp summary', content: 'Wants 4 chairs.' };
  const parent = { module: 'Contacts', id: LAYLA } as const;

  it('are written once for a key', async () => {
    const first = await run(crm().addNote(parent, note));
    const second = await run(crm().addNote(parent, { ...note, title: 'Another title' }));
    const other = await run(crm().addNote(parent, { ...note, key: 'another' }));
    expect([first.outcome, second.outcome, other.outcome]).toEqual(['created', 'existing', 'created']);
    expect(second.id).toBe(first.id);
    expect(state().notes).toHaveLength(2);
    expect(state().notes[0]).toMatchObject({
      Note_Title: expect.stringMatching(/^WhatsApp summary \[[0-9A-F]{10}\]$/),
      Note_Content: 'Wants 4 chairs.',
      Parent_Id: { id: LAYLA, module: { api_name: 'Contacts' } },
    });
  });

  it('keep their mark when the title is long', async () => {
    const long = { ...note, title: 'x'.repeat(500) };
    await run(crm().addNote(parent, long));
    expect(await run(crm().addNote(parent, long))).toMatchObject({ outcome: 'existing' });
    expect(String(state().notes[0]?.Note_Title)).toHaveLength(120);
  });

  it('a lost answer is settled by reading; an unsettled one is unknown', async () => {
    double.server.addFault({ method: 'POST', path: /Notes/, dropAfter: true, times: 1 });
    expect(await run(crm().addNote(parent, note))).toMatchObject({ outcome: 'existing' });
    double.server.addFault({ method: 'POST', path: /Notes/, dropBefore: true, times: 1 });
    const error = await failureOf(crm().addNote(parent, { ...note, key: 'k2' }));
    expect(error).toMatchObject({ _tag: 'CrmUnverified', retryable: true, retryAfterMs: 60_000 });
    expect(state().notes).toHaveLength(1);
  });

  it('on nothing are refused', async () => {
    const error = await failureOf(crm().addNote({ module: 'Deals', id: '554023000009999999' }, note));
    expect(error).toMatchObject({ _tag: 'CrmRejected', field: 'Parent_Id' });
    expect(await failureOf(crm().addNote(parent, { ...note, key: '' }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('faults of writes', () => {
  it.each([
    [
      '429',
      { status: 429, body: { code: 'TOO_MANY_REQUESTS' } },
      { _tag: 'CrmThrottled', retryAfterMs: 2_000 },
    ],
    [
      'used-up credits',
      { status: 429, headers: { 'X-API-CREDITS-REMAINING': '0' }, body: { code: 'TOO_MANY_REQUESTS' } },
      { _tag: 'CrmThrottled', retryAfterMs: 3_600_000 },
    ],
    [
      'a refused record inside 202',
      {
        status: 202,
        body: { data: [{ code: 'MANDATORY_NOT_FOUND', status: 'error', details: { api_name: 'Pipeline' } }] },
      },
      { _tag: 'CrmRejected', code: 'MANDATORY_NOT_FOUND', field: 'Pipeline' },
    ],
  ])('%s is a result: typed, and nothing is looked for', async (_name, respond, expected) => {
    double.server.addFault({ method: 'POST', path: /Deals/, respond, times: 1 });
    expect(await failureOf(crm().createDeal(chairs))).toMatchObject(expected);
    expect(calls('GET', /search/)).toHaveLength(1);
  });
});
