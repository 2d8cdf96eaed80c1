/**
 * Prints a quotation and keeps it: one file for each number and revision, however often this runs (domain 9.16-9.18).
 * Nothing is promised of a file that was not read back from the disk (lesson F-46).
 */
import { Effect, Schema } from 'effect';
import { QuotePdf } from '../../adapters/typst/quote-pdf.ts';
import { composeQuote, type QuotedProduct, totalsOf } from '../../machines/quotation/compose.ts';
import type { QuoteDocument } from '../../machines/quotation/document.ts';
import { quotationFileName } from '../../machines/quotation/number.ts';
import type { RenderQuoteInput, RenderQuoteOutput } from '../../machines/quotation/render.ts';
import { Catalog, type Product } from '../catalog/catalog.ts';
import { MediaFiles } from '../media/media-files.ts';
import { QuotationSettings } from './quotation-rules.ts';
import { quotePhotos, withinBudget } from './quote-photos.ts';
import { quoteSheet } from './quote-sheet.ts';
import { factsHash, type PrintedQuote, PrintedQuotes } from './quote-table.ts';

/** The order's facts make no quotation: a price is not above zero, a quantity is none. */
export class QuoteFactsUnsound extends Schema.TaggedError<QuoteFactsUnsound>()('QuoteFactsUnsound', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** This revision was printed with other facts: a change needs a revision of its own (domain 9.16). */
export class QuoteRevisionTaken extends Schema.TaggedError<QuoteRevisionTaken>()('QuoteRevisionTaken', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The paper is larger than the channel takes, even without photos. */
export class QuoteTooLarge extends Schema.TaggedError<QuoteTooLarge>()('QuoteTooLarge', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** Files sent through the API are at most 10 MB (wire/01 §2.2); a little less, for what counts as a megabyte. */
export const PDF_BYTES_MAX = 9_500_000;
/** Bytes of photos tried one after the other: a png grows when it is unpacked and packed again. */
const PHOTO_BUDGETS = [7_000_000, 2_500_000, 0] as const;

const FOLDER = 'quotations';

export interface RenderInfo {
  /** Ms since the epoch. */
  readonly firstAttemptAt: number;
}

export const renderQuote = Effect.fn('renderQuote')(function* (input: RenderQuoteInput, info: RenderInfo) {
  const quotes = yield* PrintedQuotes;
  const hash = factsHash(input);
  const earlier = yield* quotes.find(input);
  if (earlier !== null && earlier.factsHash !== hash) return yield* taken(input);
  if (earlier !== null && (yield* (yield* MediaFiles).isWhole(earlier.path, earlier.sha256))) {
    return outputOf(earlier);
  }
  const printed = yield* printNow(input, hash);
  if (!(yield* quotes.keep(input, printed, info.firstAttemptAt))) return yield* taken(input);
  return outputOf(printed);
});

const outputOf = (printed: PrintedQuote): RenderQuoteOutput => ({
  file: { path: printed.path, name: printed.name, kind: 'document' },
  bytes: printed.bytes,
  sha256: printed.sha256,
  grandTotal: printed.grandTotal,
  validUntil: printed.validUntil,
});

const taken = (input: RenderQuoteInput): Effect.Effect<never, QuoteRevisionTaken> =>
  Effect.fail(
    new QuoteRevisionTaken({
      message: `Revision ${input.revision} of this quotation was printed with other facts; make the next revision.`,
      retryable: false,
    }),
  );

const printNow = Effect.fnUntraced(function* (input: RenderQuoteInput, hash: string) {
  yield* sound(input);
  const settings = yield* (yield* QuotationSettings).now;
  const products = yield* productsOf(input);
  const document = composeQuote(input, products, settings.rules);
  const pdf = yield* printed(document, settings.logo);
  const files = yield* MediaFiles;
  const name = quotationFileName(input.number, input.revision);
  const kept = yield* files.keep(FOLDER, name, pdf);
  return {
    ...kept,
    name,
    factsHash: hash,
    grandTotal: document.totals.grandTotal,
    validUntil: document.validUntil,
  } satisfies PrintedQuote;
});

/** Facts that make no total are told as what they are, before anything is fetched (domain 9.7, lesson F-15). */
const sound = (input: RenderQuoteInput): Effect.Effect<void, QuoteFactsUnsound> =>
  Effect.try({
    try: () => void totalsOf(input),
    catch: (error) =>
      new QuoteFactsUnsound({
        message: `The quotation was not made: ${error instanceof Error ? error.message : String(error)}. A manager has to look at the order.`,
        retryable: false,
      }),
  });

const productsOf = Effect.fnUntraced(function* (input: RenderQuoteInput) {
  const catalog = yield* Catalog;
  const products = yield* catalog.bySkus([...new Set(input.lines.map(({ sku }) => sku))]);
  return new Map(products.map((product) => [product.sku, quoted(product)]));
});

const quoted = (product: Product): QuotedProduct => ({
  sku: product.sku,
  name: product.name,
  nameAr: product.nameAr,
  description: product.description,
  descriptionAr: product.descriptionAr,
  attributes: product.attributes,
  photo: product.imageName === null ? null : { itemId: product.itemId, imageName: product.imageName },
});

/** With as many photos as the channel's limit lets through. */
const printed = Effect.fnUntraced(function* (
  document: QuoteDocument,
  logo: Parameters<QuotePdf['Service']['render']>[1]['logo'],
) {
  const press = yield* QuotePdf;
  const photos = yield* quotePhotos(document.lines);
  for (const budget of PHOTO_BUDGETS) {
    const fitting = withinBudget(photos, budget);
    const { pdf, unusable } = yield* press.render(quoteSheet(document, new Set(fitting.keys())), {
      logo,
      photos: fitting,
    });
    if (unusable.length > 0) {
      yield* Effect.logWarning('Pictures could not be drawn on a quotation; replace them in Inventory').pipe(
        Effect.annotateLogs({ pictures: unusable }),
      );
    }
    if (pdf.byteLength <= PDF_BYTES_MAX) return pdf;
  }
  return yield* new QuoteTooLarge({
    message: 'The quotation is larger than 10 MB without any photo; split it or shorten the conditions.',
    retryable: false,
  });
});
