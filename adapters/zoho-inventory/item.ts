/** An item as the product sees it, and how it is read from the wire (wire/04 §4). */
import { Effect, Predicate, Schema } from 'effect';
import { toPrice } from '../zoho-oauth/exact-json.ts';
import { InventoryMalformed } from './errors.ts';
import { RecordId } from './record-id.ts';

export interface InventoryItem {
  readonly itemId: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** Decimal text with two places, in `currency`; `null` when missing or not above zero (lesson F-15). */
  readonly price: string | null;
  readonly currency: string;
  /** Whole pieces that can be promised now; `null` when Zoho does not say. */
  readonly stock: number | null;
  readonly unit: string;
  /** May be offered: active in Zoho, and an end product where the organisation marks those (domain 12.4). */
  readonly active: boolean;
  readonly imageName: string | null;
  /** Changes with the photo; `null` when Zoho does not say. */
  readonly imageId: string | null;
  /** As Zoho writes it, RFC 3339; empty when Zoho does not say. */
  readonly modifiedAt: string;
  /** Custom fields of the item, `cf_` taken off: `{dimensions: '60 × 60 cm'}`. Unknown is absent, not empty (domain 12.9). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly nameAr?: string;
  readonly descriptionAr?: string;
}

/** Numbers arrive as text (exact-json), but some fields are quoted on the wire anyway. */
const Text = Schema.NullishOr(Schema.String);
const Location = Schema.Struct({
  location_actual_available_stock: Schema.optionalKey(Text),
  location_available_stock: Schema.optionalKey(Text),
  warehouse_actual_available_stock: Schema.optionalKey(Text),
  warehouse_available_stock: Schema.optionalKey(Text),
});
const CustomField = Schema.Struct({
  api_name: Schema.optionalKey(Text),
  value: Schema.optionalKey(Schema.Unknown),
});

const WireItem = Schema.Struct({
  item_id: RecordId,
  sku: Schema.optionalKey(Text),
  name: Schema.String,
  description: Schema.optionalKey(Text),
  category_name: Schema.optionalKey(Text),
  rate: Schema.optionalKey(Text),
  unit: Schema.optionalKey(Text),
  status: Schema.optionalKey(Text),
  stock_on_hand: Schema.optionalKey(Text),
  available_stock: Schema.optionalKey(Text),
  actual_available_stock: Schema.optionalKey(Text),
  locations: Schema.optionalKey(Schema.NullishOr(Schema.Array(Location))),
  warehouses: Schema.optionalKey(Schema.NullishOr(Schema.Array(Location))),
  image_name: Schema.optionalKey(Text),
  image_document_id: Schema.optionalKey(Text),
  last_modified_time: Schema.optionalKey(Text),
  custom_fields: Schema.optionalKey(Schema.NullishOr(Schema.Array(CustomField))),
});
type WireItem = typeof WireItem.Type;

const decode = Schema.decodeUnknownEffect(WireItem);

/** Reads one row of a list, of a detail or of `itemdetails`; custom fields come flat (`cf_x`) or as a list. */
export const readItem = (row: unknown, currency: string): Effect.Effect<InventoryItem, InventoryMalformed> =>
  decode(row).pipe(
    Effect.mapError(
      (error) =>
        new InventoryMalformed({
          message: `Zoho Inventory sent an item in an unknown shape; compare it with the adapter's schema: ${error.message}`,
          retryable: false,
        }),
    ),
    Effect.map((wire) => toItem(wire, customFieldsOf(row, wire), currency)),
  );

const toItem = (wire: WireItem, custom: Record<string, string>, currency: string): InventoryItem => {
  const { name_ar, description_ar, end_product, ...attributes } = custom;
  return {
    itemId: wire.item_id,
    sku: wire.sku?.trim() ?? '',
    name: wire.name,
    description: wire.description ?? '',
    category: wire.category_name ?? '',
    price: toPrice(wire.rate),
    currency,
    stock: stockOf(wire),
    unit: wire.unit ?? '',
    active: (wire.status ?? 'active') === 'active' && end_product !== 'false',
    imageName: wire.image_name?.trim() || null,
    imageId: wire.image_document_id?.trim() || null,
    modifiedAt: wire.last_modified_time ?? '',
    attributes,
    ...(name_ar === undefined ? {} : { nameAr: name_ar }),
    ...(description_ar === undefined ? {} : { descriptionAr: description_ar }),
  };
};

/** Available minus committed, where Zoho tells it; the accounting stock is the last resort (wire/04 §4). */
const stockOf = (wire: WireItem): number | null => {
  const own = [wire.actual_available_stock, wire.available_stock, wire.stock_on_hand].map(pieces);
  return (
    own.find((value) => value !== null) ??
    stockOfLocations([...(wire.locations ?? []), ...(wire.warehouses ?? [])])
  );
};

const stockOfLocations = (locations: ReadonlyArray<typeof Location.Type>): number | null => {
  const known = locations
    .map(
      (place) =>
        pieces(place.location_actual_available_stock) ??
        pieces(place.warehouse_actual_available_stock) ??
        pieces(place.location_available_stock) ??
        pieces(place.warehouse_available_stock),
    )
    .filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** An empty text is "unknown"; a negative stock (more committed than there is) is nothing to promise. */
const pieces = (text: string | null | undefined): number | null => {
  if (text === null || text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? Math.max(0, Math.floor(value)) : null;
};

const customFieldsOf = (row: unknown, wire: WireItem): Record<string, string> => {
  const found: Record<string, string> = {};
  const add = (apiName: string, value: unknown): void => {
    if (!apiName.startsWith('cf_') || apiName.endsWith('_unformatted')) return;
    if (typeof value === 'string' && value.trim() !== '') found[apiName.slice(3)] = value.trim();
    if (typeof value === 'boolean') found[apiName.slice(3)] = String(value);
  };
  if (Predicate.isObject(row)) for (const [key, value] of Object.entries(row)) add(key, value);
  for (const field of wire.custom_fields ?? []) add(field.api_name ?? '', field.value);
  return found;
};
