/** Why a hit of the search stands where it does, in words: the reasons that the search itself gives. */
import type { ScoredProduct } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { money } from '../lib/money.ts';
import { kindReason } from './kind-reason.ts';
import './why-ranked.css';

/** Each half of a score is at most this (runtime/api/hit-schema.ts). */
const HALF = 0.5;

const Share = ({ words, score }: { words: string; score: number }) => (
  <span class="why-share">
    <span class="why-bar" aria-hidden="true">
      <i style={{ inlineSize: `${Math.round((Math.min(score, HALF) / HALF) * 100)}%` }} />
    </span>
    {words}
  </span>
);

export const WhyRanked = ({ hit }: { hit: ScoredProduct }) => {
  const { why, match, stock } = hit;
  return (
    <div class="why-ranked">
      <b>{t('whyHere')}</b>
      {match === 'sku' ? (
        <span>{t('whyNamed')}</span>
      ) : (
        <>
          <Share words={t('whyMeaning', { score: why.dense.toFixed(2) })} score={why.dense} />
          <Share words={t('whyWords', { score: why.words.toFixed(2) })} score={why.words} />
          <span dir="auto">{kindReason(hit)}</span>
          {stock === null ? null : <span>{t(stock > 0 ? 'whyInStock' : 'whyNoStock')}</span>}
        </>
      )}
    </div>
  );
};

/** What every described hit of the answer had to fulfil; a named article is found without limits. */
export const SearchLimits = ({ hits }: { hits: readonly ScoredProduct[] }) => {
  const described = hits.find(({ match }) => match === 'text');
  if (described === undefined) return null;
  const { maxPrice, categories, inStock } = described.why.filters;
  const currency = described.price?.currency ?? '';
  const limits = [
    ...(maxPrice === null ? [] : [t('limitPrice', { price: money({ amount: maxPrice, currency }).trim() })]),
    ...(categories.length === 0 ? [] : [t('limitCategories', { names: categories.join(', ') })]),
    ...(inStock ? [t('limitStock')] : []),
  ];
  return (
    <p class="search-limits" role="status">
      {limits.length === 0 ? t('limitsNone') : `${t('limitsRead')} ${limits.join(' · ')}`}
    </p>
  );
};
