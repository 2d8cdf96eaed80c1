/** The catalog as the bot sees it, with the search it uses, and the synchronisation. */
import { useEffect, useState } from 'preact/hooks';
import type { Product } from '../api/types.ts';
import { api, appStore } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { ProductTable } from '../products/product-table.tsx';
import { SyncProgress } from '../products/sync-progress.tsx';
import { useProductSearch } from '../products/use-product-search.ts';
import { useSync } from '../products/use-sync.ts';
import { SearchLimits } from '../products/why-ranked.tsx';
import { mayWrite } from '../stores/app-store.ts';
import { PageHead } from './page-head.tsx';
import { type Pages, usePages } from './use-pages.ts';

const Catalog = ({ pages }: { pages: Pages<Product> }) => {
  if (pages.error !== null) return <Failure error={pages.error} onRetry={pages.reload} />;
  if (pages.items.length === 0) {
    return pages.status === 'loading' ? (
      <Skeleton rows={8} kind="row" />
    ) : (
      <Empty icon="box" title={t('emptyProducts')} lead={t('emptyProductsLead')} />
    );
  }
  return (
    <>
      <ProductTable products={pages.items} scored={false} />
      {pages.hasMore ? (
        <button type="button" class="button is-quiet" onClick={pages.more}>
          {t('more')}
        </button>
      ) : null}
    </>
  );
};

const Browse = ({ improve, synced }: { improve: boolean; synced: number }) => {
  const pages = usePages((cursor) => api.catalog.list(improve, cursor));
  useEffect(() => {
    if (synced > 0) pages.reload();
  }, [synced]);
  return <Catalog pages={pages} />;
};

export const ProductsPage = () => {
  const [synced, setSynced] = useState(0);
  const [improve, setImprove] = useState(false);
  const [q, setQ] = useState('');
  const hits = useProductSearch(q);
  const writer = useStore(appStore, mayWrite);
  const { run, starting, start } = useSync(() => setSynced((count) => count + 1));
  return (
    <div class="page">
      <PageHead title={t('products')} lead={t('productsLead')}>
        {run === null ? null : <SyncProgress run={run} />}
        {writer ? (
          <button type="button" class="button" disabled={run !== null || starting} onClick={start}>
            <Icon name="retry" />
            {t('sync')}
          </button>
        ) : null}
      </PageHead>
      <label class="search is-wide">
        <Icon name="search" />
        <span class="visually-hidden">{t('searchProducts')}</span>
        <input
          type="search"
          dir="auto"
          placeholder={t('searchProducts')}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      {hits === null ? (
        <label class="check">
          <input
            type="checkbox"
            checked={improve}
            onChange={(event) => setImprove(event.currentTarget.checked)}
          />
          {t('onlyWeak')}
        </label>
      ) : null}
      {hits === null ? <Browse key={String(improve)} improve={improve} synced={synced} /> : null}
      {hits !== null && hits.length === 0 ? (
        <Empty icon="search" title={t('nothingFound')} lead={t('searchProducts')} />
      ) : null}
      {hits !== null && hits.length > 0 ? (
        <>
          <SearchLimits hits={hits} />
          <ProductTable products={hits} scored />
        </>
      ) : null}
    </div>
  );
};
