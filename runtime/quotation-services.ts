/** What quotations need beside the catalog, its photos and links: the press, files, and the shop's settings. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { MediaFiles } from '../actors/media/media-files.ts';
import { QuotationSettings } from '../actors/quotation/quotation-rules.ts';
import { PrintedQuotes } from '../actors/quotation/quote-table.ts';
import { type Picture, QuotePdf } from '../adapters/typst/quote-pdf.ts';
import type { QuotationRules } from '../machines/quotation/compose.ts';
import type { QuoteContact } from '../machines/quotation/document.ts';
import type { Settings } from './api/settings-schema.ts';
import type { SettingsStore } from './api/settings-store.ts';

export interface QuotationServiceOptions {
  readonly pool: pg.Pool;
  readonly settings: Pick<SettingsStore, 'get'>;
  /** `BUSINESS_TIMEZONE`: whose calendar dates the paper. */
  readonly timeZone: string;
  /** `DATA_DIR/media`, shared by the replicas. */
  readonly mediaFolder: string;
}

export const quotationServices = (options: QuotationServiceOptions) =>
  Layer.mergeAll(
    QuotePdf.layer,
    PrintedQuotes.layer(options.pool),
    MediaFiles.layer(options.mediaFolder),
    Layer.succeed(QuotationSettings, {
      now: Effect.promise(() => options.settings.get()).pipe(
        Effect.map((settings) => ({
          rules: rulesOf(settings, options.timeZone),
          logo: logoOf(settings.quotation.logo),
        })),
      ),
    }),
  );

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const rulesOf = ({ bot, quotation }: Settings, timeZone: string): QuotationRules => {
  const { seller, contact, validDays, deliveryDays, terms } = quotation;
  return {
    seller: {
      name: orNull(seller.name) ?? bot.companyName,
      trn: orNull(seller.trn),
      address: orNull(seller.address),
      phone: orNull(seller.phone),
      email: orNull(seller.email),
    },
    contact: contactOf(contact, { name: bot.assistantName, phone: seller.phone, email: seller.email }),
    validDays,
    deliveryDays,
    terms,
    timeZone,
  };
};

/** The named manager; without one the assistant, who is reached where the quotation came from. */
const contactOf = (
  given: Settings['quotation']['contact'],
  assistant: Settings['quotation']['contact'],
): QuoteContact => {
  const { name, phone, email } = orNull(given.name) === null ? assistant : given;
  return { name, phone: orNull(phone), email: orNull(email) };
};

/** The settings' schema lets only png and jpeg through. */
const logoOf = (dataUrl: string): Picture | null => {
  const match = /^data:image\/(png|jpeg);base64,(.+)$/.exec(dataUrl);
  if (!match) return null;
  return { bytes: Buffer.from(match[2] ?? '', 'base64'), type: match[1] === 'png' ? 'png' : 'jpg' };
};
