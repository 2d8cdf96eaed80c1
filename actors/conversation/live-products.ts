/**
 * Products as they may be shown to a customer: found in our copy, then priced and counted by Inventory in the same turn
 * (domain 12.2, 12.7).
 */
import { Context, Effect, Layer } from 'effect';
import type { InventoryItem } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { EvidenceProduct } from '../../machines/conversation/context.ts';
import type { Product } from '../catalog/catalog.ts';
import { StockReadings } from './stock-readings.ts';

/** A turn waits this long for fresh figures of search hits; the copy's figures serve after that. */
const PATIENCE_MS = 2500;

export class LiveProducts extends Context.Service<
  LiveProducts,
  {
    /** Fresh figures where Inventory gives them in time, the copy's otherwise. Inactive items fall out (domain 12.4). */
    readonly refresh: (products: readonly Product[]) => Effect.Effect<readonly EvidenceProduct[]>;
    /** Exactly this item, read now: fails when Inventory cannot be asked, `null` when it has no such active item. */
    readonly exact: (product: Product) => Effect.Effect<EvidenceProduct | null, ExactFailure>;
  }
>()('treejar/actors/LiveProducts') {
  static readonly layer = Layer.effect(
    LiveProducts,
    Effect.gen(function* () {
      const readings = yield* StockReadings;
      const merged = (product: Product) => (item: InventoryItem | null) =>
        item?.active ? merge(product, item) : null;
      const exact = (product: Product) => readings.now(product.sku).pipe(Effect.map(merged(product)));
      const refreshOne = (product: Product) =>
        readings.recent(product.sku).pipe(
          Effect.map(merged(product)),
          Effect.timeoutOrElse({
            duration: PATIENCE_MS,
            orElse: () => Effect.succeed(evidenceOf(product)),
          }),
          Effect.catch((error) =>
            Effect.logWarning('Inventory gave no fresh figures; the copy serves').pipe(
              Effect.annotateLogs({ sku: product.sku, reason: error._tag }),
              Effect.as(evidenceOf(product)),
            ),
          ),
        );
      return {
        exact,
        refresh: (products) =>
          Effect.forEach(products, refreshOne, { concurrency: 'unbounded' }).pipe(
            Effect.map((all) => all.filter((product) => product !== null)),
          ),
      };
    }),
  );
}

export type ExactFailure = Effect.Error<ReturnType<StockReadings['Service']['now']>>;

export const evidenceOf = (product: Product): EvidenceProduct => ({
  sku: product.sku,
  name: product.name,
  nameAr: product.nameAr,
  price: product.price,
  currency: product.currency,
  stock: product.stock,
  description: product.description,
  category: product.category,
});

/** Price and stock are Inventory's of now; words may come from the copy, which has the translations. */
const merge = (product: Product, item: InventoryItem): EvidenceProduct => ({
  ...evidenceOf(product),
  price: item.price,
  currency: item.currency,
  stock: item.stock,
});
