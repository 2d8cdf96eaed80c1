import { Effect, Layer } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, makeTestClock, run, tokenFor } from '../zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../zoho-oauth/zoho-double.ts';
import { ZohoToken } from '../zoho-oauth/zoho-token.ts';
import { makeZohoCrm, ZohoCrm, type ZohoCrmConfig } from './zoho-crm.ts';

let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
});
afterEach(() => double.close());

const crm = (more: Partial<ZohoCrmConfig> = {}) =>
  makeZohoCrm({ baseUrl: double.crmUrl, ...more }, tokenFor(double, 'crm', { clock }));
const calls = (method: string, path: RegExp) =>
  double.server.log.filter((entry) => entry.method === method && path.test(entry.path));
const newcomer = { phone: '+971 50 123 4567', name: 'Noura Al Ali', leadSource: 'chatbot' };

describe('finding a contact by phone (domain 11.1)', () => {
  it('gives the customer with name, company and segment, id as text', async () => {
    const contact = await run(crm().findContactByPhone('+971500000101'));
    expect(contact).toMatchObject({
      id: '554023000001234001',
      name: 'Layla Hassan',
      firstName: 'Layla',
      lastName: 'Hassan',
      company: 'Bright Fit-Out LLC',
      segment: 'Wholesale',
      email: 'layla@fitout.example',
    });
    expect(calls('GET', /search/)).toHaveLength(1);
  });

  it('finds a number that CRM has without its country code', async () => {
    const contact = await run(crm().findContactByPhone('971500000102'));
    expect(contact).toMatchObject({ firstName: 'Omar', phone: null, mobile: '050 000 0102' });
  });

  it('wire/00 fact 5: nothing found is 204 without a body, and means null', async () => {
    expect(await run(crm().findContactByPhone('+971509999999'))).toBeNull();
  });

  it("checks the digits itself, for CRM's search is not strict", async () => {
    double.state.crm.addContact({ Last_Name: 'Stranger', Phone: '+44 7971500000101' });
    double.state.crm.addContact({ Last_Name: 'Other country', Phone: '+966500000777' });
    expect(await run(crm().findContactByPhone('+971500000777'))).toBeNull();
    expect((await run(crm().contactsByPhone('+971500000101'))).map((contact) => contact.lastName)).toEqual([
      'Hassan',
    ]);
  });

  it('of several contacts it always takes the same one, and tells the others', async () => {
    double.state.crm.addContact({
      Last_Name: 'Newer',
      Phone: '+971500000103',
      Created_Time: '2026-01-01T00:00:00+04:00',
    });
    const found = await run(crm().contactsByPhone('+971500000103'));
    expect(found.map((contact) => contact.lastName)).toEqual(['Rahman', 'Rahman (old phone book)', 'Newer']);
    expect(await run(crm().findContactByPhone('+971500000103'))).toMatchObject({
      lastName: 'Rahman',
      segment: 'Horeca',
    });
    expect(found[0]?.segments).toEqual(['Horeca', 'Design agency']);
  });

  it.each(['', '123', 'not a number', '12345678901234567'])('refuses %j without a call', async (phone) => {
    expect(await failureOf(crm().findContactByPhone(phone))).toMatchObject({
      _tag: 'CrmRejected',
      code: 'INVALID_INPUT',
    });
    expect(double.server.log).toHaveLength(0);
  });

  it('reads an unquoted id without changing its digits', async () => {
    const body =
      '{"data":[{"id":5540230000012340017,"Last_Name":"Big","Phone":"+971500000555","Account_Name":"Plain text"}],"info":{}}';
    double.server.addFault({ path: /search/, respond: { status: 200, body }, times: 1 });
    expect(await run(crm().findContactByPhone('+971500000555'))).toMatchObject({
      id: '5540230000012340017',
      company: 'Plain text',
    });
  });
});

describe('creating a contact (domain 11.2)', () => {
  it('creates once: a repeat gives the same id (lesson F-36)', async () => {
    const service = crm();
    const first = await run(
      service.createContact({ ...newcomer, email: 'noura@ali.example', company: 'Ali Design' }),
    );
    const second = await run(service.createContact(newcomer));
    expect(first.outcome).toBe('created');
    expect(second).toMatchObject({ id: first.id, outcome: 'updated' });
    const stored = double.state.crm.contacts.get(first.id);
    expect(stored).toMatchObject({
      Phone: '+971501234567',
      First_Name: 'Noura Al',
      Last_Name: 'Ali',
      Email: 'noura@ali.example',
      Account_Name: { name: 'Ali Design' },
      Lead_Source: 'chatbot',
    });
    expect(JSON.parse(calls('POST', /upsert/)[0]?.body ?? '{}')).toMatchObject({
      duplicate_check_fields: ['Phone'],
    });
  });

  it('a connection that breaks after CRM did it leads to no second contact', async () => {
    const before = double.state.crm.contacts.size;
    double.server.addFault({ path: /upsert/, dropAfter: true, times: 1 });
    const service = crm();
    expect(await failureOf(service.createContact(newcomer))).toMatchObject({
      _tag: 'VendorUnreachable',
      retryable: true,
    });
    await run(service.createContact(newcomer));
    expect(double.state.crm.contacts.size).toBe(before + 1);
  });

  it.each([
    ['older', { api_name: 'Phone', id: '554023000009999001' }],
    [
      'newer',
      { api_name: 'Phone', duplicate_record: { id: '554023000009999001', module: { api_name: 'Contacts' } } },
    ],
  ])('reads the existing id of DUPLICATE_DATA in its %s shape', async (_shape, details) => {
    const row = { code: 'DUPLICATE_DATA', status: 'error', message: 'duplicate data', details };
    double.server.addFault({ path: /upsert/, respond: { status: 202, body: { data: [row] } } });
    expect(await run(crm().createContact(newcomer))).toEqual({
      id: '554023000009999001',
      outcome: 'existing',
      leftOut: [],
    });
  });

  it('does not take another customer for this one because of an e-mail', async () => {
    const row = {
      code: 'DUPLICATE_DATA',
      status: 'error',
      details: { api_name: 'Email', id: '554023000001234001' },
    };
    double.server.addFault({ path: /upsert/, respond: { status: 400, body: { data: [row] } }, times: 1 });
    const written = await run(crm().createContact({ ...newcomer, email: 'layla@fitout.example' }));
    expect(written).toMatchObject({ outcome: 'created', leftOut: ['email'] });
    expect(written.id).not.toBe('554023000001234001');
  });

  it('wire/00 fact 5: a 2xx with a refused record is no success', async () => {
    const row = {
      code: 'MANDATORY_NOT_FOUND',
      status: 'error',
      message: 'required field not found',
      details: { api_name: 'Department' },
    };
    double.server.addFault({ path: /upsert/, respond: { status: 202, body: { data: [row] } } });
    const error = await failureOf(crm().createContact(newcomer));
    expect(error).toMatchObject({
      _tag: 'CrmRejected',
      code: 'MANDATORY_NOT_FOUND',
      field: 'Department',
      retryable: false,
    });
  });

  it('leaves out a fact that CRM dislikes rather than lose the contact', async () => {
    double.state.crm.refuseCompany = true;
    const written = await run(
      crm().createContact({ ...newcomer, email: 'not an address', company: 'Ali Design' }),
    );
    expect(written).toMatchObject({ outcome: 'created' });
    expect([...written.leftOut].sort()).toEqual(['company', 'email']);
    expect(double.state.crm.contacts.get(written.id)).not.toHaveProperty('Email');
  });

  it('never shows the customer in an error', async () => {
    const row = {
      code: 'INVALID_DATA',
      status: 'error',
      message: 'Noura',
      details: { api_name: 'Last_Name', given: 'Noura Al Ali' },
    };
    double.server.addFault({ path: /upsert/, respond: { status: 400, body: { data: [row] } } });
    expect(JSON.stringify(await failureOf(crm().createContact(newcomer)))).not.toMatch(/Noura|Ali|1234567/);
  });

  it.each(['', '   '])('refuses an empty name without a call', async (name) => {
    expect(await failureOf(crm().createContact({ ...newcomer, name }))).toMatchObject({
      _tag: 'CrmRejected',
    });
    expect(double.server.log).toHaveLength(0);
  });
});

describe('updating a contact', () => {
  it('changes only what is given', async () => {
    const written = await run(crm().updateContact('554023000001234001', { email: 'new@fitout.example' }));
    expect(written).toEqual({ id: '554023000001234001', outcome: 'updated', leftOut: [] });
    expect(double.state.crm.contacts.get('554023000001234001')).toMatchObject({
      Email: 'new@fitout.example',
      Last_Name: 'Hassan',
    });
  });

  it.each([
    ['an unknown contact', '554023000009999999', { name: 'X' }, 'INVALID_DATA'],
    ['nothing to write', '554023000001234001', {}, 'INVALID_INPUT'],
    ['an id that is none', '../Deals', { name: 'X' }, 'INVALID_INPUT'],
    ['only a refused fact', '554023000001234001', { email: 'nonsense' }, 'INVALID_DATA'],
  ])('refuses %s', async (_name, id, fields, code) => {
    expect(await failureOf(crm().updateContact(id, fields))).toMatchObject({
      _tag: 'CrmRejected',
      code,
      retryable: false,
    });
  });

  it('a duplicate e-mail is a refusal, not another contact', async () => {
    const row = {
      code: 'DUPLICATE_DATA',
      status: 'error',
      details: { api_name: 'Email', id: '554023000001234002' },
    };
    double.server.addFault({ method: 'PUT', respond: { status: 400, body: { data: [row] } } });
    const error = await failureOf(crm().updateContact('554023000001234001', { email: 'taken@x.example' }));
    expect(error).toMatchObject({ _tag: 'CrmRejected', code: 'DUPLICATE_DATA' });
  });
});

describe('deals of a contact', () => {
  it('come with money as text and fields asked for, as the wire demands', async () => {
    const [deal] = await run(crm().contactDeals('554023000001234001'));
    expect(deal).toMatchObject({
      name: 'Operator chairs for 24 desks',
      stage: 'Order confirmed',
      amount: '18960.50',
    });
  });

  it('are none for a contact without any', async () => {
    expect(await run(crm().contactDeals('554023000001234003'))).toEqual([]);
  });
});

describe('faults', () => {
  it.each([
    [
      'a 500',
      { respond: { status: 500, body: { code: 'INTERNAL_ERROR', message: 'x', status: 'error' } } },
      'CrmUnavailable',
      true,
    ],
    ['HTML inside 200', { respond: { status: 200, body: '<html></html>' } }, 'CrmUnavailable', true],
    ['JSON of another shape', { respond: { status: 200, body: { hello: 1 } } }, 'CrmMalformed', false],
    [
      'a contact without an id',
      { respond: { status: 200, body: { data: [{ Last_Name: 'X' }] } } },
      'CrmMalformed',
      false,
    ],
    [
      'a missing permission',
      { respond: { status: 403, body: { code: 'NO_PERMISSION', details: {}, status: 'error' } } },
      'CrmRejected',
      false,
    ],
    ['a dropped connection', { dropBefore: true }, 'VendorUnreachable', true],
    ['no answer in time', { delayMs: 400 }, 'VendorTimeout', true],
    ['a slow body', { slowBodyMs: 20 }, 'VendorTimeout', true],
  ])('%s becomes a typed error whose first fork is right', async (_name, fault, tag, retryable) => {
    double.server.addFault({ path: /crm/, ...fault });
    const error = await failureOf(crm({ timeoutMs: 200 }).findContactByPhone('+971500000101'));
    expect(error).toMatchObject({ _tag: tag, retryable });
    expect(error.message).not.toMatch(/971500000101/);
  });

  it('tells too many calls at once from credits that are used up', async () => {
    double.server.addFault({
      path: /crm/,
      respond: { status: 429, body: { code: 'TOO_MANY_REQUESTS' } },
      times: 1,
    });
    expect(await failureOf(crm().contactDeals('554023000001234001'))).toMatchObject({
      _tag: 'CrmThrottled',
      retryAfterMs: 2_000,
    });
    const headers = { 'X-API-CREDITS-REMAINING': '0' };
    double.server.addFault({
      path: /crm/,
      respond: { status: 429, headers, body: { code: 'TOO_MANY_REQUESTS' } },
      times: 1,
    });
    const error = await failureOf(crm().contactDeals('554023000001234001'));
    expect(error).toMatchObject({ _tag: 'CrmThrottled', retryable: true, retryAfterMs: 3_600_000 });
  });

  it('tells the credits that are left', async () => {
    const service = crm();
    await run(service.contactDeals('554023000001234001'));
    expect(service.creditsRemaining()).toBeNull();
    double.state.crm.creditsRemaining = 900;
    await run(service.contactDeals('554023000001234001'));
    expect(service.creditsRemaining()).toBe(900);
  });

  it('a revoked credential comes through as terminal', async () => {
    double.state.oauth.error = 'invalid_code';
    const error = await failureOf(crm().findContactByPhone('+971500000101'));
    expect(error).toMatchObject({ _tag: 'ZohoAuthRevoked', retryable: false });
  });
});

describe('the layer', () => {
  it('is provided with its own token', async () => {
    const token = Layer.succeed(ZohoToken, tokenFor(double, 'crm', { clock }));
    const layer = ZohoCrm.layer({ baseUrl: `${double.crmUrl}/` }).pipe(Layer.provide(token));
    const program = Effect.gen(function* () {
      const service = yield* ZohoCrm;
      return yield* service.findContactByPhone('00971500000101');
    });
    expect(await run(program.pipe(Effect.provide(layer)))).toMatchObject({ lastName: 'Hassan' });
  });
});
