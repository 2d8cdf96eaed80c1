/** One review with its evidence: each quote opens the message that it was said in. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { ReviewDetail } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, trouble } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { say, t } from '../i18n/i18n.ts';
import { ScoreMark, SpreadMark } from './score.tsx';
import { dollars, duration, flagWord, orUnknown, points } from './words.ts';

type Evidence = ReviewDetail['criteria'][number]['evidence'];

const Quotes = ({ conversationId, evidence }: { conversationId: string; evidence: Evidence }) => (
  <ul class="quality-quotes">
    {evidence.map(({ quote, messageId }) => (
      <li key={quote}>
        <a
          dir="auto"
          href={
            messageId === null ? paths.conversation(conversationId) : paths.message(conversationId, messageId)
          }
        >
          “{quote}”
        </a>
      </li>
    ))}
  </ul>
);

const Blocks = ({ blocks }: Pick<ReviewDetail, 'blocks'>) =>
  blocks.length === 0 ? null : (
    <ul class="quality-blocks">
      {blocks.map((block) => (
        <li key={block.name}>
          <span>{say(block.title)}</span>
          <bdi>
            {block.points === null ? t('doesNotApply') : `${points(block.points)} / ${points(block.ceiling)}`}
          </bdi>
          {block.points === null || block.ceiling === null || block.ceiling === 0 ? null : (
            <meter min={0} max={block.ceiling} value={block.points} aria-label={say(block.title)} />
          )}
        </li>
      ))}
    </ul>
  );

const Criteria = ({ review }: { review: ReviewDetail }) =>
  review.criteria.length === 0 ? null : (
    <ol class="quality-criteria">
      {review.criteria.map((criterion) => (
        <li key={criterion.rule} class={criterion.applies ? '' : 'is-off'}>
          <div class="quality-criterion">
            <bdi class={`quality-mark mark-${criterion.score}`}>
              {criterion.applies ? `${criterion.score} / 2` : '–'}
            </bdi>
            <span>
              <bdi>
                {criterion.rule}. {say(criterion.title)}
              </bdi>
              {criterion.applies ? null : <em> {t('doesNotApply')}</em>}
            </span>
          </div>
          {criterion.comment === '' ? null : (
            <p>
              <bdi>{criterion.comment}</bdi>
            </p>
          )}
          <Quotes conversationId={review.conversationId} evidence={criterion.evidence} />
        </li>
      ))}
    </ol>
  );

const Flags = ({ review }: { review: ReviewDetail }) =>
  review.flagFindings.length === 0 ? null : (
    <ul class="quality-criteria">
      {review.flagFindings.map((found) => (
        <li key={found.flag}>
          <div class="quality-criterion">
            <span class="chip rating-poor">{flagWord(found.flag)}</span>
          </div>
          {found.comment === '' ? null : (
            <p>
              <bdi>{found.comment}</bdi>
            </p>
          )}
          <Quotes conversationId={review.conversationId} evidence={found.evidence} />
        </li>
      ))}
    </ul>
  );

const Measures = ({ measures }: Pick<ReviewDetail, 'measures'>) => {
  if (measures === null) return null;
  const converted = measures.converted === null ? t('unknown') : t(measures.converted ? 'yes' : 'no');
  const facts: readonly (readonly [string, string])[] = [
    [t('q1'), duration(measures.firstResponseMs)],
    [t('q2'), converted],
    [t('q3'), String(measures.messages)],
    [t('q4'), orUnknown(measures.dealAmount)],
  ];
  return <Facts facts={facts} />;
};

const Facts = ({ facts }: { facts: readonly (readonly [string, string])[] }) => (
  <dl class="quality-facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <bdi>{value}</bdi>
        </dd>
      </div>
    ))}
  </dl>
);

const Words = ({ title, items }: { title: string; items: readonly string[] }) =>
  items.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul class="quality-words">
        {items.map((item) => (
          <li key={item}>
            <bdi>{item}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );

const Whole = ({ review }: { review: ReviewDetail }) => (
  <div class="quality-detail">
    <div class="quality-head">
      {review.scope === 'flags' ? null : <ScoreMark review={review} />}
      {review.scope === 'flags' ? null : <SpreadMark spread={review.spread} />}
      <a class="button is-quiet" href={paths.conversation(review.conversationId)}>
        {t('openConversation')}
      </a>
    </div>
    {review.coverage === null ? null : (
      <p class={review.coverage.isEnough ? 'quality-note' : 'notice'}>
        {t('coverage', { rules: review.coverage.rules, blocks: review.coverage.blocks })}
        {review.coverage.isEnough ? '' : ` ${t('lowCoverageHint')}`}
      </p>
    )}
    <Measures measures={review.measures} />
    <Blocks blocks={review.blocks} />
    <Flags review={review} />
    <Criteria review={review} />
    <Words title={t('strengths')} items={review.strengths} />
    <Words title={t('weaknesses')} items={review.weaknesses} />
    <Words title={t('recommendations')} items={review.recommendations} />
    <Words title={t('nextAction')} items={review.nextAction === null ? [] : [review.nextAction]} />
    <Facts
      facts={[
        [t('judgeModel'), orUnknown(review.model)],
        [t('judgePrompt'), orUnknown(review.promptVersion)],
        [t('reviewCost'), dollars(review.costUsd)],
        ...(review.score === null || review.score.plainSum === null
          ? []
          : [[t('plainSum'), `${review.score.plainSum} / 30`] as const]),
      ]}
    />
  </div>
);

export const ReviewDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const [review, setReview] = useState<ReviewDetail | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const load = (): void => {
    setProblem(null);
    api.quality.review(id).then(setReview, (error: unknown) => {
      if (error instanceof ApiError) setProblem(error);
      else trouble(error);
    });
  };
  useEffect(load, [id]);
  return (
    <Dialog title={t('reviewTitle')} wide onClose={onClose}>
      {problem === null ? null : <Failure error={problem} onRetry={load} />}
      {review === null && problem === null ? <Skeleton rows={6} kind="line" /> : null}
      {review === null ? null : <Whole review={review} />}
    </Dialog>
  );
};
