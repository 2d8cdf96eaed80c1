/** The words of reviews: ratings, states, flags, and numbers as they are written. */
import type { Review } from '../api/types.ts';
import type { MessageKey } from '../i18n/en.ts';
import { number, t, units } from '../i18n/i18n.ts';
import { formatDuration } from '../lib/time.ts';

type Rating = NonNullable<NonNullable<Review['score']>['rating']>;

const RATINGS: Readonly<Record<Rating, MessageKey>> = {
  excellent: 'ratingExcellent',
  good: 'ratingGood',
  satisfactory: 'ratingSatisfactory',
  poor: 'ratingPoor',
};
export const RATING_NAMES = Object.keys(RATINGS) as readonly Rating[];
export const ratingWord = (rating: Rating): string => t(RATINGS[rating]);

const STATES: Readonly<Record<Review['state'], MessageKey>> = {
  due: 'reviewDue',
  gathering: 'reviewReading',
  reading: 'reviewReading',
  postponed: 'reviewPostponed',
  scored: 'reviewScored',
  failed: 'reviewFailed',
};
export const stateWord = (state: Review['state']): string => t(STATES[state]);

const FLAGS: Readonly<Record<string, MessageKey>> = {
  identity_missing: 'flagIdentity',
  premature_hand_off: 'flagHandOff',
  unsupported_commitment: 'flagCommitment',
  ignored_question: 'flagIgnored',
  rude_tone: 'flagRude',
};
/** A flag that this page does not know yet keeps its own name. */
export const flagWord = (flag: string): string => {
  const key = FLAGS[flag];
  return key === undefined ? flag : t(key);
};

/** `n/a` for what is not known: that is not 0 (domain 23.1). */
export const orUnknown = (text: string | null): string => text ?? t('unknown');

export const points = (value: number | null): string => (value === null ? t('unknown') : number(value));

/** `$0.0042`: small models cost hundredths of a cent. */
export const dollars = (usd: string | null): string =>
  usd === null ? t('unknown') : `$${Number(usd).toFixed(Number(usd) >= 1 ? 2 : 4)}`;

export const duration = (ms: number | null): string =>
  ms === null ? t('unknown') : formatDuration(ms, units());
