/** An item as Zoho Inventory writes it, with bare numbers where Zoho has them (wire/04 §4). */
import { rawNumber } from '../zoho-oauth/exact-json.ts';
import type { DoubleItem } from './inventory-double.ts';

export interface RowOptions {
  readonly withStock: boolean;
  readonly unquotedIds: boolean;
}

export const wireRow = (item: DoubleItem, options: RowOptions): Readonly<Record<string, unknown>> => {
  const { source } = item;
  return {
    item_id: options.unquotedIds ? rawNumber(item.itemId) : item.itemId,
    name: source.name,
    sku: source.sku,
    category_name: source.category,
    description: source.description,
    status: item.active ? 'active' : 'inactive',
    unit: source.unit ?? 'pcs',
    // Without a price Zoho says 0, not null.
    rate: rawNumber(item.price ?? '0.00'),
    image_name: source.picture ? `${source.sku.toLowerCase()}.png` : '',
    image_document_id: source.picture ? item.imageId : '',
    image_type: source.picture ? 'png' : '',
    last_modified_time: zohoTime(item.modifiedAt),
    ...(options.withStock ? stockOf(item) : {}),
    ...customFields(item),
  };
};

const stockOf = (item: DoubleItem): Readonly<Record<string, unknown>> => ({
  stock_on_hand: rawNumber(`${item.stock + item.committed}.0`),
  available_stock: rawNumber(`${item.stock + item.committed}.0`),
  actual_available_stock: rawNumber(`${item.stock}.0`),
});

const customFields = ({ source }: DoubleItem): Readonly<Record<string, string>> => {
  const attributes = Object.entries(source.attributes).map(([name, value]) => [`cf_${name}`, value] as const);
  return {
    ...Object.fromEntries(attributes),
    cf_name_ar: source.nameAr,
    cf_description_ar: source.descriptionAr,
  };
};

/** The organisation is in Dubai: +0400, without a colon. */
export const zohoTime = (at: number): string =>
  `${new Date(at + 4 * 3_600_000).toISOString().slice(0, 19)}+0400`;
