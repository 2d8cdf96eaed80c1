/** A quotation from the order's facts to the file that the channel fetches: real press, catalog, database and disk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Effect, Layer, Logger, ManagedRuntime } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QuotePdf } from '../../adapters/typst/quote-pdf.ts';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { makeTestClock, tokenFor } from '../../adapters/zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { ZohoToken } from '../../adapters/zoho-oauth/zoho-token.ts';
import type { QuotationRules } from '../../machines/quotation/compose.ts';
import type { RenderQuoteInput } from '../../machines/quotation/render.ts';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { Catalog } from '../catalog/catalog.ts';
import { ImageStore } from '../catalog/image-store.ts';
import { type Replica, startReplica } from '../catalog/test-catalog.ts';
import { MediaFiles } from '../media/media-files.ts';
import { QuotationSettings } from './quotation-rules.ts';
import { withinBudget } from './quote-photos.ts';
import { PrintedQuotes } from './quote-table.ts';
import { renderQuote } from './render-quote.ts';

const AT = Date.parse('2026-11-22T08:00:00Z');
const clock = makeTestClock(AT);
const rules: QuotationRules = {
  seller: {
    name: 'Treejar',
    trn: '100123456700003',
    address: 'Al Quoz, Dubai',
    phone: '+971 4 555 0100',
    email: 'sales@treejar.example',
  },
  contact: { name: 'Noor', phone: '+971 4 555 0100', email: null },
  validDays: 15,
  deliveryDays: '2–8',
  terms: { en: [], ar: [] },
  timeZone: 'Asia/Dubai',
};
let settings: QuotationRules = rules;

let db: TestDatabase;
let zoho: ZohoDouble;
let replica: Replica;
let mediaFolder: string;
const makeRuntime = () => {
  const token = Layer.succeed(ZohoToken, tokenFor(zoho, 'inventory', { clock }));
  const inventory = ZohoInventory.layer({ baseUrl: zoho.inventoryUrl, organizationId: '1', clock });
  const images = ImageStore.layer({ mediaFolder, clock }).pipe(
    Layer.provide(inventory),
    Layer.provide(token),
  );
  return ManagedRuntime.make(
    Layer.mergeAll(
      images,
      Logger.layer([]),
      QuotePdf.layer,
      Layer.succeed(Catalog, replica.catalog),
      MediaFiles.layer(mediaFolder),
      PrintedQuotes.layer(db.pool),
      Layer.succeed(QuotationSettings, { now: Effect.sync(() => ({ rules: settings, logo: null })) }),
    ),
  );
};
let runtime: ReturnType<typeof makeRuntime>;

beforeAll(async () => {
  db = await testDatabase();
  zoho = await startZohoDouble({ clock });
  mediaFolder = await mkdtemp(join(tmpdir(), 'treejar-quotes-'));
  const token = Layer.succeed(ZohoToken, tokenFor(zoho, 'inventory', { clock }));
  const layer = ZohoInventory.layer({ baseUrl: zoho.inventoryUrl, organizationId: '1', clock });
  const inventory = await Effect.runPromise(Effect.provide(ZohoInventory, layer.pipe(Layer.provide(token))));
  replica = await startReplica(db, {
    name: 'sandbox',
    page: (page) =>
      inventory
        .listItems({ page })
        .pipe(Effect.map(({ items, hasMore, rejected }) => ({ items, hasMore, rejected: rejected.length }))),
  });
  await replica.sync();
  runtime = makeRuntime();
});
afterAll(async () => {
  await runtime.dispose();
  await replica.stop();
  await zoho.close();
  await db.drop();
  await rm(mediaFolder, { recursive: true });
});

const order = (more: Partial<RenderQuoteInput> = {}): RenderQuoteInput => ({
  conversationId: 'wz:c1:971501234567',
  number: 'SO-00042',
  revision: 1,
  at: AT,
  language: 'en',
  customer: {
    name: 'Omar Said',
    company: 'Gulf Star Trading LLC',
    email: 'omar@gulfstar.example',
    phone: '+971501234567',
    address: 'Office 1204, Boulevard Plaza, Dubai',
  },
  lines: [
    { sku: 'CH-616', name: 'Breeze', quantity: 4, listPrice: '345.00' },
    { sku: 'AX-POWER', name: 'Dock', quantity: 2, listPrice: '210.00' },
  ],
  currency: 'AED',
  vatPercent: '5',
  deliveryCharge: null,
  discountPercent: null,
  ...more,
});
const render = (input: RenderQuoteInput) => runtime.runPromise(renderQuote(input, { firstAttemptAt: AT }));
const failure = (input: RenderQuoteInput) =>
  runtime.runPromise(Effect.flip(renderQuote(input, { firstAttemptAt: AT })));
const paper = async (input: RenderQuoteInput) => {
  const { file } = await render(input);
  return pdfText(await readFile(join(mediaFolder, file.path)));
};

describe('a quotation', () => {
  it('says all that domain 9.13 asks for, in the totals’ very figures', async () => {
    const output = await render(order());
    expect(output).toMatchObject({
      file: { name: 'Quotation-SO-00042-R1.pdf', kind: 'document' },
      grandTotal: '1890.00',
      validUntil: '2026-12-07',
    });
    const text = await paper(order());
    for (const said of [
      'Quotation',
      'SO-00042 R1',
      'TRN 100123456700003',
      '22 November 2026',
      '7 December 2026',
      'Omar Said',
      'Gulf Star Trading LLC',
      'omar@gulfstar.example',
      '+971501234567',
      'Office 1204, Boulevard Plaza, Dubai',
      'Operator chair Breeze, mesh back',
      'CH-616',
      '345.00',
      '1,380.00',
      '420.00',
      '1,800.00',
      'VAT 5%',
      '90.00',
      'Grand total (AED)',
      '1,890.00',
      'To be confirmed',
      'Payment: 50% in advance, 50% after installation.',
      'Noor',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toMatch(/Warranty:[\s\S]*2 years/);
  });

  it('holds photos of its items', async () => {
    const { bytes } = await render(order({ revision: 20 }));
    zoho.server.addFault({ path: /image/, respond: { status: 500 } });
    const lines = [{ sku: 'SF-2-GRY', name: 'Sofa', quantity: 1, listPrice: '1350.00' }];
    // Never seen before, and its photo cannot be fetched: the paper goes without it.
    const bare = await render(order({ revision: 21, lines }));
    zoho.server.clearFaults();
    const drawn = await render(order({ revision: 22, lines }));
    expect(drawn.bytes).toBeGreaterThan(bare.bytes + 5000);
    expect(bytes).toBeGreaterThan(bare.bytes);
  });

  it('is Arabic for who writes Arabic, with Western digits', async () => {
    const text = await paper(order({ revision: 2, language: 'ar' }));
    for (const said of ['المجموع', 'CH-616', '1,890.00', 'SO-00042 R2']) expect(text).toContain(said);
    expect(text).not.toMatch(/Grand total|Payment|[٠-٩]/);
  });

  it('shows discount, delivery and rooms where there are any', async () => {
    const text = await paper(
      order({
        revision: 3,
        discountPercent: '10',
        deliveryCharge: '300.00',
        lines: order().lines.map((line, i) => ({ ...line, zone: i === 0 ? 'Reception' : 'Board room' })),
      }),
    );
    for (const said of ['Reception', 'Board room', 'Your discount (10%)', '−180.00', '300.00', '2,016.00']) {
      expect(text).toContain(said);
    }
  });

  it('is printed once: what changed in the shop meanwhile does not change it', async () => {
    const first = await render(order());
    settings = { ...rules, seller: { ...rules.seller, name: 'Another name' } };
    expect(await render(order())).toEqual(first);
    settings = rules;
  });

  it('is printed again, byte by byte, where the disk was lost', async () => {
    const first = await render(order());
    await rm(join(mediaFolder, 'quotations'), { recursive: true });
    expect(await render(order())).toEqual(first);
    expect((await readFile(join(mediaFolder, first.file.path))).byteLength).toBe(first.bytes);
  });

  it('never says two things under one revision (domain 9.16)', async () => {
    await render(order());
    const changed = order({ lines: order().lines.slice(0, 1) });
    expect(await failure(changed)).toMatchObject({ _tag: 'QuoteRevisionTaken', retryable: false });
    expect((await render({ ...changed, revision: 4 })).file.name).toBe('Quotation-SO-00042-R4.pdf');
  });

  it('is found and removed with its conversation', async () => {
    const conversationId = 'wz:c1:971500000077';
    const { file } = await render(order({ conversationId }));
    const paths = await runtime.runPromise(
      Effect.flatMap(PrintedQuotes, (quotes) => quotes.pathsOf(conversationId)),
    );
    expect(paths).toEqual([file.path]);
    const remove = Effect.flatMap(MediaFiles, (files) => files.remove(file.path));
    await runtime.runPromise(Effect.andThen(remove, remove));
    await expect(readFile(join(mediaFolder, file.path))).rejects.toThrow('ENOENT');
  });

  it('is not made with a hole in it (domain 9.7)', async () => {
    const lines = [{ sku: 'EX-980', name: 'Majlis', quantity: 1, listPrice: '0.00' }];
    expect(await failure(order({ revision: 5, lines }))).toMatchObject({
      _tag: 'QuoteFactsUnsound',
      retryable: false,
    });
  });

  it('names a contact without phone and e-mail where the customer can reach them', async () => {
    settings = { ...rules, contact: { name: 'Noor', phone: null, email: null } };
    const [en, ar] = [
      await paper(order({ revision: 7 })),
      await paper(order({ revision: 8, language: 'ar' })),
    ];
    settings = rules;
    expect(en).toContain('in this WhatsApp chat');
    expect(ar).toContain('للتواصل');
  });

  it('names an article that the catalog has lost as the order does', async () => {
    const lines = [{ sku: 'OLD-1', name: 'Chair of yesterday', quantity: 1, listPrice: '99.00' }];
    expect(await paper(order({ revision: 6, lines }))).toContain('Chair of yesterday');
  });
});

describe('photos within a budget', () => {
  it('keep the small ones, so that most lines have theirs', () => {
    const photo = (size: number) => ({ bytes: new Uint8Array(size), type: 'png' as const });
    const photos = new Map([
      ['huge', photo(900)],
      ['small', photo(100)],
      ['middle', photo(300)],
    ]);
    expect([...withinBudget(photos, 500).keys()]).toEqual(['small', 'middle']);
    expect(withinBudget(photos, 0).size).toBe(0);
  });
});
