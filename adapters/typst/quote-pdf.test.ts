/** Real papers from the real press; what is on them was looked at, what they may never do is checked here. */
import { Context, Effect, Exit, Layer, Scope } from 'effect';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { drawProduct } from '../zoho-inventory/picture/draw-product.ts';
import { sandboxCatalog } from '../zoho-inventory/sandbox-catalog.ts';
import { makePress } from './compiler.ts';
import { QuotePdf } from './quote-pdf.ts';
import type { Picture, QuoteSheet } from './quote-sheet.ts';
import { testSheet } from './test-sheet.ts';

const press = makePress();
const print = (sheet: QuoteSheet) => press.print({ sheet, logo: null, photos: [] });
const head = (pdf: Uint8Array) => Buffer.from(pdf.subarray(0, 5)).toString();

const scope = Scope.makeUnsafe();
const service = Effect.runPromise(Effect.provideService(Layer.build(QuotePdf.layer), Scope.Scope, scope));
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)));
const render = async (sheet: QuoteSheet, photos: ReadonlyMap<string, Picture> = new Map()) => {
  const quotePdf = Context.get(await service, QuotePdf);
  return Effect.runPromise(quotePdf.render(sheet, { logo: null, photos }));
};

const drawn = sandboxCatalog.flatMap(({ picture }) => (picture === null ? [] : [picture])).slice(0, 5);
const photosFor = (lines: number): ReadonlyMap<string, Picture> => {
  const pictures = drawn.map((picture) => ({ bytes: drawProduct(picture), type: 'png' as const }));
  return new Map(
    Array.from({ length: lines }, (_, i) => {
      const picture = pictures[i % pictures.length];
      if (!picture) throw new Error('the sandbox has pictures');
      return [String(i + 1), picture] as const;
    }),
  );
};

/** Markup, escapes, directions, surrogates, emoji and walls of text. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '#panic("x")',
    '$ integral_0^1 $',
    '*bold* _it_ = Heading',
    '#sys.inputs',
    '\\u{202e}',
    '"',
    '`raw` ```',
    '<label> @ref',
    '\u202e\u2067 evil \u200f',
    '👩‍👩‍👧‍👦🇦🇪',
    'W'.repeat(400),
    'م'.repeat(500),
    '',
    '\ud83d',
  ),
);

describe('a quotation', () => {
  it('cannot be broken by what a customer is called or writes', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.constantFrom('en' as const, 'ar' as const),
        (name, other, language) => {
          const sheet = testSheet(1, language);
          const [zone] = sheet.zones;
          const lines = (zone?.lines ?? []).map((line) => ({ ...line, name: other, description: name }));
          const { pdf, pages } = print({
            ...sheet,
            customer: {
              title: 'For',
              name,
              details: [
                { label: 'E-mail', text: other, ltr: true },
                { label: 'Address', text: name, ltr: false },
              ],
            },
            zones: [{ name: other, total: '1.00', lines }],
          });
          expect(head(pdf)).toBe('%PDF-');
          expect(pages).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same file for the same order', () => {
    expect(Buffer.from(print(testSheet(3)).pdf).equals(print(testSheet(3)).pdf)).toBe(true);
  });

  it('runs over pages, and says no more than the page where it fits', () => {
    expect(print(testSheet(1)).pages).toBe(1);
    expect(print(testSheet(40, 'ar')).pages).toBeGreaterThanOrEqual(3);
  });

  it('does without a photo that cannot be drawn, and names it', async () => {
    const photos = new Map(photosFor(2));
    const whole = photos.get('1')?.bytes ?? new Uint8Array();
    photos.set('1', { bytes: whole.subarray(0, 60), type: 'png' });
    const huge = Buffer.from(whole);
    huge.writeUInt32BE(60_000, 16);
    photos.set('2', { bytes: huge, type: 'png' });
    const { pdf, unusable } = await render(testSheet(2, 'en', true), photos);
    expect([head(pdf), [...unusable].sort()]).toEqual(['%PDF-', ['1', '2']]);
  });

  it('is printed beside the thread that serves customers', async () => {
    const photos = photosFor(40);
    await render(testSheet(1));
    const lags: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      lags.push(now - last);
      last = now;
    }, 5);
    const times: string[] = [];
    for (const lines of [3, 40]) {
      const started = performance.now();
      const { pages } = await render(testSheet(lines, 'en', true), photos);
      times.push(
        `${lines} lines with photos, ${pages} pages: ${(performance.now() - started).toFixed(0)} ms`,
      );
    }
    clearInterval(timer);
    process.stdout.write(
      `${times.join('; ')}; longest pause of this thread ${Math.max(...lags).toFixed(0)} ms\n`,
    );
    expect(times).toHaveLength(2);
  });

  it('that the template cannot set is a typed fault, and the press goes on with the next', async () => {
    const quotePdf = Context.get(await service, QuotePdf);
    const [first, second] = await Promise.all([render(testSheet(1)), render(testSheet(2))]);
    expect(first.pages + second.pages).toBe(2);
    const given = { ...testSheet(1), date: { year: 2026, month: 99, day: 99 } };
    const failed = await Effect.runPromise(
      Effect.flip(quotePdf.render(given, { logo: null, photos: new Map() })),
    );
    expect(failed).toMatchObject({ _tag: 'QuotePdfRejected', retryable: false });
    expect(head((await render(testSheet(1))).pdf)).toBe('%PDF-');
  });
});
