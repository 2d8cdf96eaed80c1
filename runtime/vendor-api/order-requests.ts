/** What was asked for under which Idempotency-Key: the one door to table `order_request`. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { NewSaleOrder } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { SaleOrderView } from '../api/vendor-schemas.ts';
import type { Clock } from '../engine/types.ts';

export interface OrderRequest {
  /** Of another body than the one given now. */
  readonly differs: boolean;
  readonly wanted: NewSaleOrder | null;
  readonly answer: SaleOrderView | null;
}

export interface OrderRequests {
  /** Begins a request, or finds the one that is known by the key. */
  readonly begin: (key: string, body: unknown) => Promise<OrderRequest>;
  /** The first who says what exactly is ordered decides it; answers what is decided. */
  readonly decide: (key: string, wanted: NewSaleOrder) => Promise<NewSaleOrder>;
  readonly answered: (key: string, answer: SaleOrderView) => Promise<void>;
  /** Nothing was ordered and nothing will be: the key may be used for a corrected body. */
  readonly drop: (key: string) => Promise<void>;
}

/** Rows older than this are removed: the order's number is derived from the key and keeps it single for ever. */
export const ORDER_REQUEST_TTL_MS = 24 * 3_600_000;

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');

/** The same body with its fields in another order is the same body. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

export const makeOrderRequests = (pool: Pool, clock: Clock): OrderRequests => {
  const sweep = () =>
    pool.query('delete from order_request where created_at < to_timestamp($1 / 1000.0)', [
      clock.now() - ORDER_REQUEST_TTL_MS,
    ]);
  return {
    begin: async (key, body) => {
      await sweep();
      await pool.query(
        `insert into order_request (key, body_hash, created_at) values ($1, $2, to_timestamp($3 / 1000.0))
         on conflict (key) do nothing`,
        [hashOf(key), hashOf(body), clock.now()],
      );
      const { rows } = await pool.query<{
        body_hash: string;
        wanted: NewSaleOrder | null;
        answer: SaleOrderView | null;
      }>('select body_hash, wanted, answer from order_request where key = $1', [hashOf(key)]);
      const [row] = rows;
      return {
        differs: row !== undefined && row.body_hash !== hashOf(body),
        wanted: row?.wanted ?? null,
        answer: row?.answer ?? null,
      };
    },
    decide: async (key, wanted) => {
      const { rows } = await pool.query<{ wanted: NewSaleOrder }>(
        'update order_request set wanted = coalesce(wanted, $2::jsonb) where key = $1 returning wanted',
        [hashOf(key), JSON.stringify(wanted)],
      );
      return rows[0]?.wanted ?? wanted;
    },
    answered: async (key, answer) => {
      await pool.query('update order_request set answer = $2::jsonb where key = $1', [
        hashOf(key),
        JSON.stringify(answer),
      ]);
    },
    drop: async (key) => {
      await pool.query('delete from order_request where key = $1 and wanted is null', [hashOf(key)]);
    },
  };
};
