/** A score with what it could have been (domain 6.6), and how far its readings lay apart (domain 6.15). */
import type { Review } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { points, ratingWord } from './words.ts';

export const ScoreMark = ({ review }: { review: Pick<Review, 'score' | 'coverage'> }) => {
  const { score, coverage } = review;
  if (score === null) return <span class="is-off">{t('unknown')}</span>;
  return (
    <span class="quality-score">
      <bdi>
        <strong>{points(score.points)}</strong> / {points(score.ceiling)}
      </bdi>
      {score.rating === null ? (
        <span class="chip" title={t('lowCoverageHint')}>
          {coverage === null ? t('unknown') : t('lowCoverage')}
        </span>
      ) : (
        <span class={`chip rating-${score.rating}`}>{ratingWord(score.rating)}</span>
      )}
    </span>
  );
};

export const SpreadMark = ({ spread }: Pick<Review, 'spread'>) =>
  spread.lowest === null || spread.highest === null ? (
    <span class="is-off">{t('unknown')}</span>
  ) : (
    <span class="quality-spread">
      <bdi>
        {points(spread.lowest)}–{points(spread.highest)}
      </bdi>{' '}
      <span>{t('readings', { n: spread.readings })}</span>
    </span>
  );
