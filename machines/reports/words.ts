/** The words of reports, by language. Metrics in English are said as they are defined, and of how many where paper has no hint. */
import { METRICS } from '../metrics/definitions.ts';
import type { ReportLanguage, SectionId } from './content.ts';
import { ARABIC } from './words.ar.ts';
import { RUSSIAN } from './words.ru.ts';

export interface ReportWords {
  readonly titles: Readonly<Record<'daily' | 'weekly' | 'custom', string>>;
  readonly unknown: string;
  readonly before: string;
  readonly metric: string;
  readonly value: string;
  readonly made: string;
  readonly page: string;
  readonly of: string;
  /** Between what stands in one line. */
  readonly comma: string;
  readonly note: string;
  readonly sections: Readonly<Record<SectionId, string>>;
  readonly units: Readonly<Record<'s' | 'min' | 'h' | 'd', string>>;
  readonly metrics: Readonly<Record<string, string>>;
  /** What a part's key means: `hand_over:3`, `language:en`. */
  readonly keys: Readonly<Record<string, string>>;
}

const ENGLISH: ReportWords = {
  titles: { daily: 'Daily report', weekly: 'Weekly report', custom: 'Report' },
  unknown: 'n/a',
  before: 'Before',
  metric: 'Metric',
  value: 'Value',
  made: 'Made',
  page: 'Page',
  of: 'of',
  comma: ',',
  note: 'n/a: not known. “Before” is as many days just before the period. The numbers are those of the admin’s overview, where each has its definition and the conversations behind it.',
  sections: {
    demand: 'Who wrote to us',
    seller: 'The AI seller',
    sales: 'Conversion and refusals',
    people: 'Managers and hand-overs',
    products: 'Products',
    outreach: 'Follow-ups and feedback',
    costs: 'Costs',
  },
  units: { s: 's', min: 'min', h: 'h', d: 'd' },
  metrics: {
    ...Object.fromEntries(METRICS.map(({ id, label }) => [id, label])),
    quality: 'Quality (of 30)',
    managerScore: 'Manager score (of 20)',
    feedbackOverall: 'Feedback, overall (of 5)',
    feedbackDelivery: 'Feedback, delivery (of 5)',
  },
  keys: {
    'languages:en': 'English',
    'languages:ar': 'Arabic',
    'segments:': 'No segment',
    'handOvers:1': 'Asks for a person',
    'handOvers:2': 'Not understood twice',
    'handOvers:3': 'Complaint',
    'handOvers:4': 'Large order',
    'handOvers:5': 'Special terms',
    'handOvers:6': 'No fact about delivery',
    'handOvers:7': 'Return or claim',
    'handOvers:8': 'Asks for a manager by name',
    'handOvers:9': 'Showroom',
    'handOvers:10': 'Trade company',
    'handOvers:11': 'Bulk purchase',
    'handOvers:12': 'Full office',
    'handOvers:13': 'Large project',
    'handOvers:14': 'Drawings',
    'handOvers:15': 'Samples',
    'handOvers:16': 'Not convinced',
    'handOvers:17': 'Phone call',
    'handOvers:18': 'Manager of a nationality',
    'handOvers:order': 'Accepted order',
    'handOvers:none': 'Other',
    'refusals:rejected': 'Refused',
    'refusals:no_response': 'No answer',
    'refusals:expired': 'Expired',
    'refusals:cancelled': 'Cancelled',
    'refusals:closed': 'Closed without a deal',
    'refusals:superseded': 'Replaced',
    'personDeals:': 'Name not known',
    'followUps:follow_up': 'After a quotation',
    'followUps:quiet': 'After silence',
    'followUps:agreed': 'As agreed',
    'followUps:reactivation': 'Reactivation',
  },
};

export const REPORT_WORDS: Readonly<Record<ReportLanguage, ReportWords>> = {
  en: ENGLISH,
  ar: ARABIC,
  ru: RUSSIAN,
};

/** A part's key in words; what the shop named itself (articles, managers, segments) stays as it is. */
export const keyWords = (words: ReportWords, metric: string, key: string): string => {
  const exact = words.keys[`${metric}:${key}`];
  if (exact !== undefined) return exact;
  const [kind = '', step] = key.split(':');
  const named = step === undefined ? undefined : words.keys[`${metric}:${kind}`];
  return named === undefined ? key : `${named}${words.comma} ${step}`;
};
