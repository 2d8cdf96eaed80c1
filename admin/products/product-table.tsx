/** Articles as rows: picture, names, price, stock, how complete the card is, and in a search why each stands there. */
import { Fragment } from 'preact';
import type { Product, ScoredProduct } from '../api/types.ts';
import { Icon } from '../components/icon.tsx';
import { TableRegion } from '../components/table-region.tsx';
import { number, t } from '../i18n/i18n.ts';
import { money } from '../lib/money.ts';
import { WhyRanked } from './why-ranked.tsx';

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
  <tr class={`${product.active ? '' : 'is-off'} ${score === null ? '' : 'has-why'}`}>
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

/** Columns of an article that is no hit of a search. */
const COLUMNS = 6;

/** `scored`: the rows are hits of a search and tell their reasons. */
export const ProductTable = ({
  products,
  scored,
}: {
  products: readonly (Product | ScoredProduct)[];
  scored: boolean;
}) => (
  <TableRegion label={t('products')} class="is-dense">
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
        <Fragment key={product.sku}>
          <Row product={product} score={'score' in product ? product.score : null} />
          {'why' in product ? (
            <tr class="why-row">
              <td colSpan={COLUMNS + 1}>
                <WhyRanked hit={product} />
              </td>
            </tr>
          ) : null}
        </Fragment>
      ))}
    </tbody>
  </TableRegion>
);
