/** The list of reviews of one scope. The third column is left out on phones. */
import type { Review } from '../api/types.ts';
import { TableRegion } from '../components/table-region.tsx';
import { intlTag, t } from '../i18n/i18n.ts';
import { momentOf } from '../lib/time.ts';
import { ScoreMark, SpreadMark } from './score.tsx';
import { dollars, duration, flagWord, stateWord } from './words.ts';

interface TableProps {
  readonly scope: Review['scope'];
  readonly reviews: readonly Review[];
  readonly onOpen: (id: string) => void;
}

const Outcome = ({ review }: { review: Review }) => {
  if (review.state !== 'scored') {
    return (
      <span
        class={`chip ${review.state === 'failed' ? 'rating-poor' : ''}`}
        title={review.reason ?? undefined}
      >
        {stateWord(review.state)}
      </span>
    );
  }
  if (review.scope !== 'flags') return <ScoreMark review={review} />;
  if (review.flags.length === 0) return <span class="is-off">{t('noFlags')}</span>;
  return (
    <span class="quality-flags">
      {review.flags.map((flag) => (
        <span key={flag} class="chip rating-poor">
          {flagWord(flag)}
        </span>
      ))}
    </span>
  );
};

const Row = ({ review, onOpen }: { review: Review; onOpen: (id: string) => void }) => (
  <tr>
    <td>
      <button type="button" class="link-button" onClick={() => onOpen(review.id)}>
        <bdi>{review.customer ?? t('unnamed')}</bdi>
      </button>
    </td>
    <td>
      <Outcome review={review} />
    </td>
    <td>{momentOf(review.activityAt, intlTag())}</td>
    {review.scope === 'manager' ? <td dir="auto">{review.manager ?? t('unknown')}</td> : null}
    {review.scope === 'flags' ? null : (
      <td>
        <SpreadMark spread={review.spread} />
      </td>
    )}
    {review.scope === 'manager' ? (
      <td class="is-number">{duration(review.measures?.firstResponseMs ?? null)}</td>
    ) : null}
    <td class="is-number">
      <bdi>{dollars(review.costUsd)}</bdi>
    </td>
  </tr>
);

export const ReviewTable = ({ scope, reviews, onOpen }: TableProps) => (
  <TableRegion label={t('reviews')}>
    <thead>
      <tr>
        <th scope="col">{t('name')}</th>
        <th scope="col">{scope === 'flags' ? t('redFlags') : t('reviewScore')}</th>
        <th scope="col">{t('reviewOf')}</th>
        {scope === 'manager' ? <th scope="col">{t('ownerManager')}</th> : null}
        {scope === 'flags' ? null : <th scope="col">{t('spread')}</th>}
        {scope === 'manager' ? (
          <th scope="col" class="is-number">
            {t('q1')}
          </th>
        ) : null}
        <th scope="col" class="is-number">
          {t('reviewCost')}
        </th>
      </tr>
    </thead>
    <tbody>
      {reviews.map((review) => (
        <Row key={review.id} review={review} onOpen={onOpen} />
      ))}
    </tbody>
  </TableRegion>
);
