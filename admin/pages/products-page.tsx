/** The catalog as the bot sees it, with the search it uses, and the synchronisation. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Product, ScoredProduct, SyncRun } from '../api/types.ts';
import { api, appStore, messageOf, toast, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { number, t } from '../i18n/i18n.ts';
import { money } from '../lib/money.ts';
import { useStore } from '../lib/use-store.ts';
import { mayWrite } from '../stores/app-store.ts';
import { PageHead } from './page-head.tsx';
import { type Pages, usePages } from './use-pages.ts';

const SEARCH_PAUSE_MS = 220;
const SYNC_POLL_MS = 1000;
/** Below it stock is said to be limited (domain 12.8). */
const FEW = 5;

const Stock = ({ product }: { product: Product }) => {
  if (!product.active) return <span class="stock is-off">{t('inactive')}</span>;
  if (product.stock === null) return <span class="stock">—</span>;
  if (product.stock <= 0) return <span class="stock is-none">{t('outOfStock')}</span>;
  if (product.stock < FEW)
    return <span class="stock is-few">{t('fewLeft', { n: number(product.stock) })}</span>;
  return <span class="stock">{number(product.stock)}</span>;
};

const Picture = ({ product }: { product: Product }) =>
  product.imageUrl === null ? (
    <span class="product-picture is-blank">
      <Icon name="image" />
    </span>
  ) : (
    <img class="product-picture" src={product.imageUrl} alt="" loading="lazy" />
  );

/** How complete the card is; below 70 it waits to be improved, and says what it lacks (domain 21.3). */
const WEAK = 70;

const CardScore = ({ product }: { product: Product }) => {
  const { cardScore } = product;
  if (cardScore === null) return <span>—</span>;
  const { score, reasons } = cardScore;
  const what = reasons.map(({ advice }) => advice).join(' ');
  return (
    <span
      class={`stock ${score < WEAK ? 'is-few' : ''}`}
      title={reasons.length === 0 ? t('cardFull', { score }) : t('cardLacks', { score, what })}
    >
      {number(score)}
    </span>
  );
};

const Row = ({ product, score }: { product: Product; score: number | null }) => (
  <tr class={product.active ? '' : 'is-off'}>
    <td>
      <span class="product-cell">
        <Picture product={product} />
        <span>
          <span class="product-name" dir="auto">
            {product.name}
          </span>
          {product.nameAr === null ? null : (
            <span class="product-name-ar" dir="rtl" lang="ar">
              {product.nameAr}
            </span>
          )}
        </span>
      </span>
    </td>
    <td>
      <bdi class="sku">{product.sku}</bdi>
    </td>
    <td>{product.category}</td>
    <td class="is-number">
      <bdi>{product.price === null ? '—' : money(product.price)}</bdi>
    </td>
    <td class="is-number">
      <Stock product={product} />
    </td>
    <td class="is-number">
      <CardScore product={product} />
    </td>
    {score === null ? null : <td class="is-number">{score.toFixed(2)}</td>}
  </tr>
);

const Table = ({ products, scored }: { products: readonly (Product | ScoredProduct)[]; scored: boolean }) => (
  <ScrollRegion class="table-scroll" label={t('products')}>
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('sku')}</th>
          <th scope="col">{t('category')}</th>
          <th scope="col" class="is-number">
            {t('price')}
          </th>
          <th scope="col" class="is-number">
            {t('stock')}
          </th>
          <th scope="col" class="is-number">
            {t('cardScore')}
          </th>
          {scored ? (
            <th scope="col" class="is-number">
              {t('score')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <Row key={product.sku} product={product} score={'score' in product ? product.score : null} />
        ))}
      </tbody>
    </table>
  </ScrollRegion>
);

/** Arabic letters ask the Arabic side of the index; the rest leaves it to the server. */
const languageOf = (text: string): 'ar' | undefined => (/\p{Script=Arabic}/u.test(text) ? 'ar' : undefined);

/** Results for what is typed; null while nothing is searched for. */
const useProductSearch = (q: string) => {
  const [hits, setHits] = useState<readonly ScoredProduct[] | null>(null);
  useEffect(() => {
    if (q.trim() === '') {
      setHits(null);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.catalog.search(q.trim(), languageOf(q), stop.signal).then(
        (page) => setHits(page.items),
        (error: unknown) => {
          if (!stop.signal.aborted) trouble(error);
        },
      );
    }, SEARCH_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q]);
  return hits;
};

/** Starts a run and follows it to its end. */
const useSync = (onDone: () => void) => {
  const [run, setRun] = useState<SyncRun | null>(null);
  const alive = useRef(true);
  useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const follow = async (id: string): Promise<void> => {
    const now = await api.catalog.syncRun(id);
    if (!alive.current) return;
    if (now.status === 'running') {
      setRun(now);
      setTimeout(() => follow(id).catch(failed), SYNC_POLL_MS);
      return;
    }
    setRun(null);
    if (now.status === 'failed') toast('bad', t('syncFailed', { error: now.error ?? '' }));
    else toast('good', t('syncDone', { seen: now.seen, changed: now.changed, deactivated: now.deactivated }));
    onDone();
  };
  const failed = (error: unknown): void => {
    setRun(null);
    toast('bad', messageOf(error));
  };
  const start = (): void => {
    api.catalog
      .sync()
      .then(({ id }) => follow(id))
      .catch(failed);
  };
  return { run, start };
};

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
      <Table products={pages.items} scored={false} />
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
  const { run, start } = useSync(() => setSynced((count) => count + 1));
  return (
    <div class="page">
      <PageHead title={t('products')} lead={t('productsLead')}>
        {run === null ? null : (
          <span class="page-progress" role="status">
            {t('syncing', { seen: run.seen, changed: run.changed })}
          </span>
        )}
        {writer ? (
          <button type="button" class="button" disabled={run !== null} onClick={start}>
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
      {hits !== null && hits.length > 0 ? <Table products={hits} scored /> : null}
    </div>
  );
};
