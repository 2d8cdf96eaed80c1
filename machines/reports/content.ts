/** What a report holds: numbers as the admin shows them, in no language yet. One source: they come from one answer. Pure. */
import type { MetricUnit } from '../metrics/definition.ts';

export interface ReportNumber {
  readonly id: string;
  readonly unit: MetricUnit;
  /** Null: not known, printed as n/a, never 0 (domain 23.1). */
  readonly value: number | string | null;
  readonly previous: number | string | null;
  readonly parts: readonly {
    readonly key: string;
    readonly n: number;
    readonly amount: string | null;
    /** An article's, as the catalog had it when the report was made. */
    readonly name?: string;
  }[];
}

export interface ReportContent {
  readonly period: {
    /** Business days, both included. */
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
    readonly currency: string;
  };
  readonly metrics: readonly ReportNumber[];
  readonly series: readonly {
    readonly from: string;
    readonly to: string;
    readonly values: Readonly<Record<string, number | string | null>>;
  }[];
}

export const REPORT_LANGUAGES = ['en', 'ar', 'ru'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

export type SectionId = 'demand' | 'seller' | 'sales' | 'people' | 'products' | 'outreach' | 'costs';

/** What stands at the top of every report. */
export const TILES = [
  'conversations',
  'customers',
  'deals',
  'dealsAmount',
  'conversion',
  'resolvedAloneShare',
  'firstAnswerP50',
  'modelCost',
] as const;

/** Drawn over the days or the months of the period. */
export const CHARTS = ['conversations', 'deals', 'handOvers'] as const;

interface Section {
  readonly id: SectionId;
  readonly rows: readonly string[];
  /** Metrics whose parts are drawn as bars, and how many of them. */
  readonly bars: readonly (readonly [metric: string, top: number])[];
}

/** Domain 23.2: the AI seller, managers, refusals and conversion, products, costs. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'demand',
    rows: [
      'conversations',
      'customers',
      'newCustomers',
      'returningCustomers',
      'target',
      'nonTarget',
      'length',
      'repeatContacts',
      'repeatAfter',
    ],
    bars: [
      ['languages', 5],
      ['segments', 5],
    ],
  },
  {
    id: 'seller',
    rows: [
      'involved',
      'resolvedAlone',
      'resolvedAloneShare',
      'durableShare',
      'reopenedShare',
      'firstAnswerP50',
      'firstAnswerP95',
      'replyMean',
      'replyP95',
      'unansweredNow',
      'quality',
      'reviews',
    ],
    bars: [],
  },
  {
    id: 'sales',
    rows: [
      'quotes',
      'deals',
      'dealsAmount',
      'noorDeals',
      'noorAmount',
      'personDeals',
      'personAmount',
      'conversion',
      'averageDeal',
      'delivered',
      'refusals',
      'refusalShare',
    ],
    bars: [['refusals', 6]],
  },
  {
    id: 'people',
    rows: ['handOvers', 'takeOvers', 'managerResponse', 'managerConversion', 'managerScore'],
    bars: [
      ['handOvers', 8],
      ['personDeals', 8],
    ],
  },
  { id: 'products', rows: ['articles'], bars: [['articles', 5]] },
  {
    id: 'outreach',
    rows: [
      'followUps',
      'followUpsAnswered',
      'followUpSales',
      'optOuts',
      'feedback',
      'feedbackOverall',
      'feedbackDelivery',
      'recommend',
      'nps',
    ],
    bars: [['followUps', 6]],
  },
  { id: 'costs', rows: ['modelCost', 'reviewCost', 'costPerConversation'], bars: [] },
];
