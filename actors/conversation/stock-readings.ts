/**
 * Inventory's readings of price and stock, shared by all replicas for seconds: Zoho allows 100 calls a minute for the
 * whole organisation (wire/04 §2). What is promised exactly is read now; what a search merely shows may be
 * {@link SHOWN_FRESH_MS} old (domain 12.2, 12.7).
 */
import { Context, Effect, Cache as Flights, Layer, Option, Schema } from 'effect';
import { Cache } from '../../adapters/redis/cache.ts';
import { type InventoryItem, ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';

/** The age of a figure beside a search hit, at most. */
export const SHOWN_FRESH_MS = 20_000;
/** Readings under way at once (G10). */
const FLIGHTS = 2000;
/** Whoever asks while a reading is under way gets it; whoever asks later makes a new one. */
const FLIGHT_KEPT_MS = 1;

type ReadingFailure = Effect.Error<ReturnType<ZohoInventory['Service']['itemBySku']>>;

export class StockReadings extends Context.Service<
  StockReadings,
  {
    /** Read from Inventory now; `null`: it has no such item. */
    readonly now: (sku: string) => Effect.Effect<InventoryItem | null, ReadingFailure>;
    /** The last reading of any replica when it is fresh enough to be shown, else as {@link now}. */
    readonly recent: (sku: string) => Effect.Effect<InventoryItem | null, ReadingFailure>;
  }
>()('treejar/actors/StockReadings') {
  static readonly layer = Layer.effect(
    StockReadings,
    Effect.gen(function* () {
      const inventory = yield* ZohoInventory;
      const cache = yield* Cache;
      const read = (sku: string) =>
        inventory
          .itemBySku(sku)
          .pipe(Effect.tap((item) => cache.set(keyOf(sku), JSON.stringify(item), SHOWN_FRESH_MS)));
      const flights = yield* Flights.make({ capacity: FLIGHTS, timeToLive: FLIGHT_KEPT_MS, lookup: read });
      const now = (sku: string) =>
        Flights.get(flights, sku).pipe(
          // A failed reading must not be remembered as an answer.
          Effect.tapError(() => Flights.invalidate(flights, sku)),
        );
      const recent = (sku: string) =>
        cache.get(keyOf(sku)).pipe(
          Effect.flatMap((text) =>
            Option.match(text === null ? Option.none() : decode(text), {
              onNone: () => now(sku),
              onSome: (item) => Effect.succeed(item),
            }),
          ),
        );
      return { now, recent };
    }),
  );
}

/** With the version of the value's shape: replicas of two releases share one store during a deploy. */
const keyOf = (sku: string): string => `stock:1:${sku}`;

const Text = Schema.NullOr(Schema.String);
const Item = Schema.Struct({
  itemId: Schema.String,
  sku: Schema.String,
  name: Schema.String,
  description: Schema.String,
  category: Schema.String,
  price: Text,
  currency: Schema.String,
  stock: Schema.NullOr(Schema.Number),
  unit: Schema.String,
  active: Schema.Boolean,
  imageName: Text,
  imageId: Text,
  modifiedAt: Schema.String,
  attributes: Schema.Record(Schema.String, Schema.String),
  nameAr: Schema.optionalKey(Schema.String),
  descriptionAr: Schema.optionalKey(Schema.String),
});
/** What is not our shape counts as not there. */
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.NullOr(Item)));
