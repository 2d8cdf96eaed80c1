/**
 * The settings document (contract 3.5, domain 24.7): one JSON document, taken whole or in part. Automation that writes
 * to customers or costs money on its own is off until somebody switches it on.
 */
import { Schema } from 'effect';
import { DEFAULT_QUOTATION, QuotationSettings } from './quotation-schema.ts';
import { DEFAULT_RECOMMENDATIONS, RecommendationSettings } from './recommendation-schema.ts';
import { DEFAULT_REVIEWS, ReviewSettings } from './review-settings-schema.ts';

const Percent = Schema.String.check(
  Schema.isPattern(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, {
    message: 'Expected a percentage from 0 to 100, as in "15"',
  }),
);
const Amount = Schema.String.check(
  Schema.isPattern(/^\d{1,9}(\.\d{1,2})?$/, { message: 'Expected an amount, as in "10000.00"' }),
);
const Name = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(80));
const Count = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }));
const Text = Schema.String.check(Schema.isMaxLength(4096));

/** An approved WhatsApp template and what fills its blanks, in order: words, or `{{name}}`, `{{number}}` … */
const TemplateChoice = Schema.Struct({
  id: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200)),
  values: Schema.Array(Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(500))).check(
    Schema.isMaxLength(10),
  ),
});
/** Templates by name; `names` says which names there are. */
const Templates = (names: RegExp, example: string) =>
  Schema.Record(Schema.String, TemplateChoice).check(
    Schema.makeFilter((templates) => {
      const unknown = Object.keys(templates).find((name) => !names.test(name));
      return unknown === undefined
        ? undefined
        : { path: [unknown], issue: `is no name of a template here; give one such as ${example}` };
    }),
  );
const Day = Schema.String.check(
  Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
    message: 'Expected a day, as in "2026-12-02"',
  }),
);
/** What may be written to the CRM of where a customer came from (domain 11.6). */
const ORIGINS = /^(?:source|medium|campaign|content|term|gclid|adId|adName|adGroup|promoCode)$/;
const AttributionNames = Schema.Record(Schema.String, Name).check(
  Schema.makeFilter((names) => {
    const unknown = Object.keys(names).find((name) => !ORIGINS.test(name));
    return unknown === undefined
      ? undefined
      : {
          path: [unknown],
          issue:
            'is no origin of a customer; give source, medium, campaign, content, term, gclid, adId, adName, adGroup or promoCode',
        };
  }),
);
/** Domain 17.10: ten a run, a hundred at most. */
const PerRun = Count(1, 100);

export const Settings = Schema.Struct({
  bot: Schema.Struct({ enabled: Schema.Boolean, assistantName: Name, companyName: Name }),
  followUps: Schema.Struct({
    enabled: Schema.Boolean,
    maxPerRun: PerRun,
    templates: Templates(/^(?:(?:quiet\.)?[123]|agreed)\.(?:en|ar)$/, '2.en, quiet.2.en or agreed.en'),
    /** Chats without a quotation that fell silent (domain 17.7). */
    quiet: Schema.Struct({ enabled: Schema.Boolean }),
  }),
  paymentReminders: Schema.Struct({
    mode: Schema.Literals(['disabled', 'manual', 'scheduled']),
    maxPerRun: PerRun,
    templates: Templates(/^(?:en|ar)$/, 'en'),
  }),
  feedback: Schema.Struct({ enabled: Schema.Boolean, templates: Templates(/^(?:en|ar)$/, 'en') }),
  /** A word after 30 days of silence, and after 90 to the named segments (domain 17.8). */
  reactivation: Schema.Struct({
    enabled: Schema.Boolean,
    templates: Templates(/^(?:30|90)\.(?:en|ar)$/, '30.en'),
    segments: Schema.Array(Name).check(Schema.isMaxLength(20)),
  }),
  business: Schema.Struct({ holidays: Schema.Array(Day).check(Schema.isMaxLength(200)) }),
  discounts: Schema.Struct({ segments: Schema.Record(Schema.String, Percent) }),
  orders: Schema.Struct({
    managerThreshold: Amount,
    vatPercent: Percent,
    deliveryCharge: Schema.NullOr(Amount),
    /** Goods of this much or more are delivered free (domain 9.12); null: the charge holds for every order. */
    freeDeliveryFrom: Schema.NullOr(Amount),
    /** Zoho's id of the VAT, put on each line of a sales order; null: the organisation's tax rules decide. */
    vatTaxId: Schema.NullOr(Schema.String.check(Schema.isPattern(/^\d{1,25}$/))),
  }),
  quotation: QuotationSettings,
  recommendations: RecommendationSettings,
  reviews: ReviewSettings,
  /** Daily money for models, US dollars; the one for quality is `reviews.dailyBudgetUsd`. */
  budgets: Schema.Struct({
    totalDailyUsd: Amount,
    dialogueDailyUsd: Amount,
    summaryDailyUsd: Amount,
    otherDailyUsd: Amount,
  }),
  /** Domain 19: percentages are what the codes promise; nothing is given before it is switched on. */
  referral: Schema.Struct({
    enabled: Schema.Boolean,
    referrerPercent: Percent,
    newcomerPercent: Percent,
  }),
  /** Conversations that have ended are summarised by the model, for the next one with the same customer. */
  summaries: Schema.Struct({ enabled: Schema.Boolean }),
  conversation: Schema.Struct({ maxContextMessages: Count(1, 100) }),
  /** The shop's own words in CRM for our stages and fields; what is left out keeps its default (domain 11.6-11.9). */
  crm: Schema.Struct({
    stages: Schema.Record(Schema.String, Name),
    pipeline: Schema.NullOr(Name),
    uniqueField: Schema.NullOr(Name),
    /** API names of Deals for `source`, `medium`, `campaign` …; what is not named is not written. */
    attribution: AttributionNames,
    /** The same of Contacts. */
    contactAttribution: AttributionNames,
  }),
  /** Telegram ids of those who may answer customers from the managers' group; empty: everyone in it (wire/09 §5). */
  telegram: Schema.Struct({
    managerIds: Schema.Array(Schema.String.check(Schema.isPattern(/^\d{1,19}$/))).check(
      Schema.isMaxLength(100),
    ),
  }),
  /** Texts by name, in the words of the shop; empty means the built-in ones. */
  texts: Schema.Record(Schema.String, Text),
});
export type Settings = typeof Settings.Type;

/** A part of the document; its values are checked after the merge, with paths. */
export const SettingsPatch = Schema.Record(Schema.String, Schema.Unknown);

export const DEFAULT_SETTINGS: Settings = {
  bot: { enabled: true, assistantName: 'Noor', companyName: 'Treejar' },
  followUps: { enabled: false, maxPerRun: 10, templates: {}, quiet: { enabled: false } },
  paymentReminders: { mode: 'disabled', maxPerRun: 10, templates: {} },
  feedback: { enabled: false, templates: {} },
  reactivation: { enabled: false, templates: {}, segments: ['Wholesale', 'Retail chain'] },
  business: { holidays: [] },
  discounts: { segments: {} },
  orders: {
    managerThreshold: '10000.00',
    vatPercent: '5',
    deliveryCharge: null,
    freeDeliveryFrom: null,
    vatTaxId: null,
  },
  quotation: DEFAULT_QUOTATION,
  recommendations: DEFAULT_RECOMMENDATIONS,
  reviews: DEFAULT_REVIEWS,
  budgets: {
    totalDailyUsd: '25.00',
    dialogueDailyUsd: '20.00',
    summaryDailyUsd: '2.00',
    otherDailyUsd: '1.00',
  },
  referral: { enabled: false, referrerPercent: '5', newcomerPercent: '10' },
  summaries: { enabled: false },
  conversation: { maxContextMessages: 5 },
  crm: {
    stages: {},
    pipeline: null,
    uniqueField: 'Bot_Conversation_Id',
    attribution: {},
    contactAttribution: {},
  },
  telegram: { managerIds: [] },
  texts: {},
};

/** Maps keyed by the shop's own words: a patch may remove an entry with `null`. */
const OPEN_MAPS: ReadonlySet<string> = new Set([
  'followUps.templates',
  'paymentReminders.templates',
  'feedback.templates',
  'reactivation.templates',
  'discounts.segments',
  'crm.stages',
  'crm.attribution',
  'crm.contactAttribution',
  'texts',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that would reach the prototype rather than the document. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Deep merge: objects by key, anything else replaced; `null` removes an entry of an open map. */
export const mergeSettings = (base: unknown, patch: unknown, path = ''): unknown => {
  if (!isRecord(base) || !isRecord(patch)) return patch;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (FORBIDDEN_KEYS.has(key)) continue;
    if (value === null && OPEN_MAPS.has(path)) delete merged[key];
    else merged[key] = mergeSettings(merged[key], value, path === '' ? key : `${path}.${key}`);
  }
  return merged;
};
