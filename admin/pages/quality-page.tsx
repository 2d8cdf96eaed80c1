/** Reviews (domain 6, 7): of dialogues, of managers after hand-overs, of red flags; with evidence, and runs by hand. */
import { useEffect, useState } from 'preact/hooks';
import type { ManagerDigest, Review } from '../api/types.ts';
import { api, appStore, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { BudgetLine } from '../quality/budget-line.tsx';
import { ReviewDialog } from '../quality/review-dialog.tsx';
import { ReviewTable } from '../quality/review-table.tsx';
import { RunDialog } from '../quality/run-dialog.tsx';
import { duration, points, RATING_NAMES, ratingWord } from '../quality/words.ts';
import { mayWrite } from '../stores/app-store.ts';
import '../styles/quality.css';
import { PageHead } from './page-head.tsx';
import { usePages } from './use-pages.ts';

type Scope = Review['scope'];

const SCOPES: readonly (readonly [Scope, MessageKey])[] = [
  ['bot', 'qualityBot'],
  ['manager', 'qualityManagers'],
  ['flags', 'redFlags'],
];

const ScopeTabs = ({ scope, onScope }: { scope: Scope; onScope: (scope: Scope) => void }) => (
  <fieldset class="segments" aria-label={t('quality')}>
    {SCOPES.map(([one, words]) => (
      <label key={one} class="segment">
        <input type="radio" name="scope" checked={one === scope} onChange={() => onScope(one)} />
        <span>{t(words)}</span>
      </label>
    ))}
  </fieldset>
);

const Digest = () => {
  const [managers, setManagers] = useState<readonly ManagerDigest[]>([]);
  useEffect(() => {
    api.quality.managers().then((page) => setManagers(page.items), trouble);
  }, []);
  if (managers.length === 0) return null;
  return (
    <ul class="cards is-grid" aria-label={t('qualityManagers')}>
      {managers.map((one) => (
        <li key={one.manager} class="card quality-manager">
          <h2>
            <bdi>{one.manager}</bdi>
          </h2>
          <p>
            <bdi dir="ltr">
              <strong>{points(one.averagePoints)}</strong> / 20
            </bdi>{' '}
            · {t('reviewsCount', { n: one.reviews })}
          </p>
          <p>
            {t('q1')}: <bdi>{duration(one.averageFirstResponseMs)}</bdi> · {t('q2')}:{' '}
            <bdi>{one.known === 0 ? t('unknown') : `${one.converted} / ${one.known}`}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
};

interface Filter {
  readonly rating: string;
  readonly flagged: boolean;
}

const Filters = ({
  scope,
  filter,
  onFilter,
}: {
  scope: Scope;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}) =>
  scope === 'flags' ? (
    <label class="quality-filter">
      <input
        type="checkbox"
        checked={filter.flagged}
        onChange={(event) => onFilter({ ...filter, flagged: event.currentTarget.checked })}
      />
      {t('flaggedOnly')}
    </label>
  ) : (
    <label class="quality-filter">
      <span>{t('rating')}</span>
      <select
        value={filter.rating}
        onChange={(event) => onFilter({ ...filter, rating: event.currentTarget.value })}
      >
        <option value="">{t('tabAll')}</option>
        {RATING_NAMES.map((name) => (
          <option key={name} value={name}>
            {ratingWord(name)}
          </option>
        ))}
      </select>
    </label>
  );

/** A new tree for each scope and filter: a list never shows rows of the one before. */
const Reviews = ({
  scope,
  filter,
  onOpen,
}: {
  scope: Scope;
  filter: Filter;
  onOpen: (id: string) => void;
}) => {
  const pages = usePages((cursor) =>
    api.quality.list(
      {
        scope,
        rating: scope === 'flags' || filter.rating === '' ? undefined : filter.rating,
        flagged: scope === 'flags' && filter.flagged ? true : undefined,
      },
      cursor,
    ),
  );
  if (pages.error !== null) return <Failure error={pages.error} onRetry={pages.reload} />;
  if (pages.status === 'loading' && pages.items.length === 0) return <Skeleton rows={6} kind="row" />;
  if (pages.items.length === 0)
    return <Empty icon="check" title={t('emptyReviews')} lead={t('emptyReviewsLead')} />;
  return (
    <>
      <ReviewTable scope={scope} reviews={pages.items} onOpen={onOpen} />
      {pages.hasMore ? (
        <button type="button" class="button is-quiet" onClick={pages.more}>
          {t('more')}
        </button>
      ) : null}
    </>
  );
};

export const QualityPage = () => {
  const writer = useStore(appStore, mayWrite);
  const [scope, setScope] = useState<Scope>('bot');
  const [filter, setFilter] = useState<Filter>({ rating: '', flagged: true });
  const [opened, setOpened] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const [round, setRound] = useState(0);
  return (
    <div class="page">
      <PageHead title={t('quality')} lead={t('qualityLead')}>
        {writer ? (
          <button type="button" class="button" onClick={() => setRunning(true)}>
            <Icon name="play" />
            {t('runTitle')}
          </button>
        ) : null}
      </PageHead>
      <div class="quality-bar">
        <ScopeTabs scope={scope} onScope={setScope} />
        <Filters scope={scope} filter={filter} onFilter={setFilter} />
      </div>
      <BudgetLine key={`budget ${round}`} scope={scope} />
      {scope === 'manager' ? <Digest key={round} /> : null}
      <Reviews
        key={`${scope} ${filter.rating} ${filter.flagged} ${round}`}
        scope={scope}
        filter={filter}
        onOpen={setOpened}
      />
      {opened === null ? null : <ReviewDialog id={opened} onClose={() => setOpened(null)} />}
      {running ? (
        <RunDialog scope={scope} onDone={() => setRound(round + 1)} onClose={() => setRunning(false)} />
      ) : null}
    </div>
  );
};
