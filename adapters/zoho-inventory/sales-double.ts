/** Customers and sales orders of the Inventory double (wire/04 §5, §6). */
import type { DoubleHandler } from '../double/double-server.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import { contactRoutes } from './contacts-double.ts';
import type { DoubleItem } from './inventory-double.ts';
import { orderRoutes } from './orders-double.ts';
import { makeSalesState, type SalesDoubleState } from './sales-double-state.ts';
import { makeSalesStore } from './sales-double-store.ts';

export interface SalesDouble {
  readonly state: SalesDoubleState;
  readonly routes: Readonly<Record<string, DoubleHandler>>;
}

export interface SalesDoubleOptions {
  readonly clock: Clock;
  readonly itemById: (id: string) => DoubleItem | undefined;
  /** As the real one does with filters it does not like. */
  readonly ignoresFilters: () => boolean;
}

export const makeSalesDouble = (options: SalesDoubleOptions): SalesDouble => {
  const store = makeSalesStore(options.clock);
  return {
    state: makeSalesState(store, options.clock),
    routes: { ...contactRoutes(store, options), ...orderRoutes(store, options) },
  };
};
