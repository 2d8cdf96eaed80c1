/** A table of something that the API lists by pages, with its empty, failed and loading states. */
import type { ComponentChildren } from 'preact';
import type { Page } from '../api/types.ts';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { TableRegion } from '../components/table-region.tsx';
import { t } from '../i18n/i18n.ts';
import { usePages } from '../pages/use-pages.ts';

export interface ListedProps<T> {
  readonly fetch: (cursor?: string) => Promise<Page<T>>;
  readonly icon: string;
  /** Said when there is nothing. */
  readonly empty: string;
  readonly head: readonly string[];
  /** Of the heads, those above numbers. */
  readonly numbers?: readonly string[];
  readonly row: (item: T) => ComponentChildren;
}

export const Listed = <T,>({ fetch, icon, empty, head, numbers = [], row }: ListedProps<T>) => {
  const pages = usePages(fetch);
  if (pages.error !== null) return <Failure error={pages.error} onRetry={pages.reload} />;
  if (pages.items.length === 0) {
    if (pages.status === 'loading') return <Skeleton rows={5} kind="row" />;
    return <Empty icon={icon} title={t('nothingHere')} lead={empty} />;
  }
  return (
    <>
      <TableRegion label={head.join(', ')}>
        <thead>
          <tr>
            {head.map((words) => (
              <th key={words} scope="col" class={numbers.includes(words) ? 'is-number' : ''}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{pages.items.map(row)}</tbody>
      </TableRegion>
      {pages.hasMore ? (
        <button type="button" class="button is-quiet" onClick={pages.more}>
          {t('more')}
        </button>
      ) : null}
    </>
  );
};
