/** What the kind of article asked for did to a hit's score, as a sentence. */
import type { ScoredProduct } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';

/** How much of the sum of both halves is left, in whole per cent; 100 when nothing was there to be lost. */
export const keptShare = ({ score, why }: Pick<ScoredProduct, 'score' | 'why'>): number => {
  const whole = why.dense + why.words;
  return whole === 0 ? 100 : Math.min(100, Math.round((score / whole) * 100));
};

/** The sentence in the language of the page; the kinds are named as the search names them. */
export const kindReason = (hit: Pick<ScoredProduct, 'score' | 'why'>): string => {
  const { kind, kindsAsked } = hit.why;
  if (kind === null) return t('whyKindNone');
  const kinds = kindsAsked.join(', ');
  if (kind === 'same') return t('whyKindSame', { kinds });
  return t(kind === 'general' ? 'whyKindGeneral' : 'whyKindOther', { kinds, share: keptShare(hit) });
};
