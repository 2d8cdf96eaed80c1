/** The filters and orders of `GET /items` that the double understands (wire/04 §4). */
import type { DoubleItem } from './inventory-double.ts';

/** The matching items in the asked order; by name when none is asked. */
export const filterItems = (items: readonly DoubleItem[], query: URLSearchParams): DoubleItem[] => {
  const tests = [...query].flatMap(([key, value]) => FILTERS[key]?.(value) ?? []);
  const found = items.filter((item) => tests.every((test) => test(item)));
  const direction = query.get('sort_order') === 'D' ? -1 : 1;
  const order = ORDERS[query.get('sort_column') ?? 'name'] ?? byName;
  return found.sort((a, b) => direction * order(a, b));
};

type Test = (item: DoubleItem) => boolean;
type Order = (a: DoubleItem, b: DoubleItem) => number;

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

const FILTERS: Readonly<Record<string, (value: string) => Test>> = {
  sku: (value) => (item) => item.source.sku === value,
  sku_startswith: (value) => (item) => item.source.sku.startsWith(value),
  sku_contains: (value) => (item) => has(item.source.sku, value),
  name_contains: (value) => (item) => has(item.source.name, value),
  search_text: (value) => (item) =>
    has(`${item.source.name} ${item.source.sku} ${item.source.description}`, value),
  status: (value) => (item) => item.active === (value === 'active'),
  filter_by: (value) => (item) =>
    value === 'Status.Active' ? item.active : value === 'Status.Inactive' ? !item.active : true,
  last_modified_time: (value) => {
    const since = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return (item) => !(item.modifiedAt < since);
  },
};

const byName: Order = (a, b) => a.source.name.localeCompare(b.source.name) || (a.itemId < b.itemId ? -1 : 1);

const ORDERS: Readonly<Record<string, Order>> = {
  name: byName,
  sku: (a, b) => (a.source.sku < b.source.sku ? -1 : 1),
  last_modified_time: (a, b) => a.modifiedAt - b.modifiedAt || (a.itemId < b.itemId ? -1 : 1),
};
