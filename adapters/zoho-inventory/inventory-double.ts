/** Zoho Inventory v1 as a double: items, details, photos, customers and orders with Inventory's habits (wire/04). */
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import type { SandboxItem } from './catalog/types.ts';
import { filterItems } from './inventory-double-filter.ts';
import { wireRow } from './inventory-double-row.ts';
import { makeSalesDouble } from './sales-double.ts';
import type { SalesDoubleState } from './sales-double-state.ts';

export interface DoubleItem {
  readonly itemId: string;
  readonly source: SandboxItem;
  /** Another one is another photo. */
  imageId: string;
  /** What a buyer can be promised. */
  stock: number;
  /** Committed to confirmed orders: accounting stock is higher by so much. */
  committed: number;
  price: string | null;
  active: boolean;
  /** ms since the epoch. */
  modifiedAt: number;
}

export interface InventoryDoubleState {
  /** By SKU. */
  readonly items: ReadonlyMap<string, DoubleItem>;
  /** Stock moves do not touch the time of modification, as in the real one (wire/04 §4). */
  readonly setStock: (sku: string, stock: number) => void;
  readonly setPrice: (sku: string, price: string | null) => void;
  readonly setActive: (sku: string, active: boolean) => void;
  /** Lists without stock fields, as Zoho's own schema says. */
  stockInList: boolean;
  /** Ids as bare numbers of 19 digits. */
  unquotedIds: boolean;
  /** Answer lists as if filters were unknown: everything comes back. */
  ignoreFilters: boolean;
  /** Each call takes so many ms. */
  latencyMs: number;
  /** The most calls seen side by side. */
  maxInFlight: number;
  /** Customers and orders, and what the shop's people do with them. */
  readonly sales: SalesDoubleState;
}

export interface InventoryDouble {
  readonly state: InventoryDoubleState;
  readonly routes: Readonly<Record<string, DoubleHandler>>;
}

export interface InventoryDoubleOptions {
  readonly clock: Clock;
  readonly items: readonly SandboxItem[];
  /** Any organisation is accepted when absent. */
  readonly organizationId?: string;
  readonly isAuthorized: (request: DoubleRequest) => boolean;
  readonly photoOf: (item: SandboxItem) => Uint8Array | null;
}

/** When the sandbox shop was set up; later changes carry the clock's time. */
const FOUNDED_AT = Date.parse('2026-01-15T06:20:30Z');
const FIRST_ID = 4815000000000100001n;
const FIRST_IMAGE_ID = 4815000000000900001n;
const PAGE_MAX = 200;

export const makeInventoryDouble = (options: InventoryDoubleOptions): InventoryDouble => {
  const items = new Map(options.items.map((source, index) => [source.sku, doubleItem(source, index)]));
  const byId = new Map([...items.values()].map((item) => [item.itemId, item]));
  const sales = makeSalesDouble({
    clock: options.clock,
    itemById: (id) => byId.get(id),
    ignoresFilters: () => state.ignoreFilters,
  });
  const state: InventoryDoubleState = {
    items,
    setStock: (sku, stock) => void Object.assign(itemOf(items, sku), { stock }),
    setPrice: (sku, price) =>
      void Object.assign(itemOf(items, sku), { price, modifiedAt: options.clock.now() }),
    setActive: (sku, active) =>
      void Object.assign(itemOf(items, sku), { active, modifiedAt: options.clock.now() }),
    stockInList: true,
    unquotedIds: false,
    ignoreFilters: false,
    latencyMs: 0,
    maxInFlight: 0,
    sales: sales.state,
  };
  let inFlight = 0;

  const guarded =
    (handler: DoubleHandler): DoubleHandler =>
    async (request) => {
      state.maxInFlight = Math.max(state.maxInFlight, ++inFlight);
      try {
        if (state.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, state.latencyMs));
        return refusal(request, options) ?? (await handler(request));
      } finally {
        inFlight -= 1;
      }
    };

  const handlers = { ...makeHandlers(items, byId, state, options.photoOf), ...sales.routes };
  const routes = Object.entries(handlers).map(([key, handler]) => [key, guarded(handler)] as const);
  return { state, routes: Object.fromEntries(routes) };
};

const makeHandlers = (
  items: ReadonlyMap<string, DoubleItem>,
  byId: ReadonlyMap<string, DoubleItem>,
  state: InventoryDoubleState,
  photoOf: InventoryDoubleOptions['photoOf'],
): Readonly<Record<string, DoubleHandler>> => {
  const row = (item: DoubleItem, withStock: boolean) =>
    wireRow(item, { withStock, unquotedIds: state.unquotedIds });

  const list: DoubleHandler = ({ query }) => {
    const found = state.ignoreFilters ? [...items.values()] : filterItems([...items.values()], query);
    const page = Math.max(1, Number(query.get('page') ?? 1));
    const perPage = Math.min(PAGE_MAX, Math.max(1, Number(query.get('per_page') ?? PAGE_MAX)));
    const rows = found
      .slice((page - 1) * perPage, page * perPage)
      .map((item) => row(item, state.stockInList));
    const page_context = { page, per_page: perPage, has_more_page: found.length > page * perPage };
    return success({ items: rows, page_context });
  };

  const detail: DoubleHandler = ({ params }) => {
    const item = byId.get(params.id ?? '');
    return item ? success({ item: row(item, true) }) : absent;
  };

  const details: DoubleHandler = ({ query }) => {
    const ids = (query.get('item_ids') ?? '').split(',').filter((id) => id !== '');
    if (ids.length === 0) return failure(400, 4, 'Invalid value passed for item_ids');
    return success({ items: ids.flatMap((id) => byId.get(id) ?? []).map((item) => row(item, true)) });
  };

  const image: DoubleHandler = ({ params }) => {
    const item = byId.get(params.id ?? '');
    const photo = item ? photoOf(item.source) : null;
    return photo ? { status: 200, headers: { 'content-type': 'image/png' }, body: photo } : absent;
  };

  return {
    'GET /inventory/v1/items': list,
    'GET /inventory/v1/itemdetails': details,
    'GET /inventory/v1/items/:id': detail,
    'GET /inventory/v1/items/:id/image': image,
  };
};

const doubleItem = (source: SandboxItem, index: number): DoubleItem => ({
  itemId: String(FIRST_ID + BigInt(index)),
  source,
  imageId: String(FIRST_IMAGE_ID + BigInt(index)),
  stock: source.stock,
  committed: index % 4,
  price: source.price,
  active: source.active ?? true,
  modifiedAt: FOUNDED_AT + index * 60_000,
});

const itemOf = (items: ReadonlyMap<string, DoubleItem>, sku: string): DoubleItem => {
  const item = items.get(sku);
  if (!item) throw new Error(`the sandbox catalog has no item ${sku}`);
  return item;
};

const refusal = (request: DoubleRequest, options: InventoryDoubleOptions): DoubleResponse | null => {
  if (!options.isAuthorized(request)) return failure(401, 14, 'Invalid value passed for authtoken.');
  const organization = request.query.get('organization_id');
  const isKnown =
    organization !== null && organization !== '' && (options.organizationId ?? organization) === organization;
  return isKnown ? null : failure(400, 6041, 'This user is not associated with the CompanyID/CompanyName.');
};

const success = (body: Readonly<Record<string, unknown>>): DoubleResponse => ({
  status: 200,
  body: { code: 0, message: 'success', ...body },
});

const failure = (status: number, code: number, message: string): DoubleResponse => ({
  status,
  body: { code, message },
});

const absent = failure(404, 1002, 'Resource does not exist.');
