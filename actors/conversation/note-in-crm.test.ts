/** Notes and origins as they reach the CRM, over real HTTP to the double. */
import { Effect, Layer } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cache } from '../../adapters/redis/cache.ts';
import { makeMemoryCache } from '../../adapters/redis/memory-cache.ts';
import { makeZohoCrm, ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import { failureOf, makeTestClock, run, tokenFor } from '../../adapters/zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import type { CrmNoteParams } from '../../machines/conversation/actors.ts';
import { Summaries } from '../summaries/summaries.ts';
import { CrmProfiles } from './crm-profiles.ts';
import { CrmSettings } from './crm-settings.ts';
import { createContact } from './identify-customer.ts';
import { createDeal } from './keep-deal.ts';
import { noteInCrm } from './note-in-crm.ts';

/** Of the double's own contact, Layla. */
const LAYLA = '554023000001234001';
const UTM = { source: 'UTM_Source', campaign: 'utm_campaign1' };
let double: ZohoDouble;
let layla = '';
beforeEach(async () => {
  double = await startZohoDouble({ clock: makeTestClock() });
  layla = String(double.state.crm.contacts.get(LAYLA)?.Phone).replace('+', '');
});
afterEach(() => double.close());

type Needs = ZohoCrm | CrmProfiles | CrmSettings | Summaries;
const provided = <A, E>(program: Effect.Effect<A, E, Needs>, summary: string | null = null) => {
  const crm = Layer.succeed(
    ZohoCrm,
    makeZohoCrm({ baseUrl: double.crmUrl, lookDelaysMs: [10, 40] }, tokenFor(double, 'crm')),
  );
  const layer = Layer.mergeAll(
    CrmProfiles.layer({ hash: (phone) => phone }).pipe(
      Layer.provide(Layer.succeed(Cache, makeMemoryCache())),
      Layer.provideMerge(crm),
    ),
    Layer.succeed(CrmSettings, {
      deals: Effect.succeed({ attribution: UTM }),
      contactAttribution: Effect.succeed({ source: 'Source_First' }),
    }),
    Layer.mock(Summaries, {
      ownerOf: () => '',
      latestOf: () => Effect.succeed(summary === null ? null : { day: '2026-01-31', summary }),
    }),
  );
  return Effect.provide(program, layer);
};
const note = (more: Partial<CrmNoteParams> = {}): CrmNoteParams => ({
  conversationId: `wz:c1:${layla}`,
  chatId: layla,
  contactId: LAYLA,
  dealId: null,
  occasion: 'handed_over',
  content: 'Wants: chairs',
  at: Date.UTC(2026, 1, 1, 9),
  ...more,
});
const written = () => double.state.crm.notes;

describe('a note', () => {
  it('is on the contact, with the newest summary of the conversation', async () => {
    await run(provided(noteInCrm(note(), 'command-1'), 'The customer compares two chairs.'));
    expect(written()).toMatchObject([
      {
        Parent_Id: { id: LAYLA },
        Note_Title: expect.stringContaining('WhatsApp: handed over to a manager'),
        Note_Content:
          '2026-02-01T09:00:00.000Z\nWants: chairs\nSummary up to 2026-01-31: The customer compares two chairs.',
      },
    ]);
  });

  it.each([
    ['the same command runs twice', {}],
    [
      'the CRM took it and the answer was lost',
      { path: /\/Notes$/, method: 'POST', times: 1, dropAfter: true },
    ],
  ])('is there once when %s', async (_, fault) => {
    if ('path' in fault) double.server.addFault(fault);
    await run(provided(noteInCrm(note(), 'command-1')));
    await run(provided(noteInCrm(note(), 'command-1')));
    expect(written()).toHaveLength(1);
    await run(provided(noteInCrm(note({ occasion: 'closed' }), 'command-2')));
    expect(written()).toHaveLength(2);
  });

  it('finds the contact by the phone when the conversation did not know it, and waits for one that is not there', async () => {
    await run(provided(noteInCrm(note({ contactId: null }), 'command-1')));
    expect(written()).toMatchObject([{ Parent_Id: { id: LAYLA } }]);
    const stranger = note({ contactId: null, chatId: '971509999999' });
    expect(await failureOf(provided(noteInCrm(stranger, 'command-2')))).toMatchObject({
      _tag: 'NobodyToNoteOn',
      retryable: true,
    });
  });
});

describe('where a customer came from', () => {
  const attribution = { source: 'google', campaign: 'desks', promoCode: 'X1' };

  it('is written to the fields that settings name, of contacts and of deals, and to no other', async () => {
    const phone = '971505550001';
    const contact = { phone, name: 'Omar', company: null, email: null, attribution };
    const { contactId } = await run(provided(createContact(contact)));
    expect(double.state.crm.contacts.get(contactId)).toMatchObject({ Source_First: 'google' });
    const deal = {
      key: 'k',
      contactId,
      name: 'Office furniture',
      stage: 'inWork',
      amount: null,
      description: '',
      attribution,
    } as const;
    const { dealId } = await run(provided(createDeal(deal)));
    const record = double.state.crm.deals.get(dealId);
    expect(record).toMatchObject({ UTM_Source: 'google', utm_campaign1: 'desks' });
    expect(JSON.stringify(record)).not.toContain('X1');
  });
});
