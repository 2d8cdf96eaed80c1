/** What the Inventory double remembers of customers and orders, and how it judges what is written (wire/04 §5, §6). */
import type { Clock } from '../zoho-oauth/refresh.ts';
import type { DoubleItem } from './inventory-double.ts';

export interface DoubleContact {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  readonly type: 'customer' | 'vendor';
  active: boolean;
  readonly address: string;
  readonly createdAt: number;
  /** The first one is the primary one, whose facts stand in lists. */
  readonly persons: readonly DoublePerson[];
}

export interface DoublePerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
}

export interface DoubleLine {
  readonly lineId: string;
  readonly item: DoubleItem;
  readonly quantity: number;
  /** Minor units. */
  readonly rate: bigint;
  readonly description: string;
  readonly taxId: string | null;
  shipped: number;
  invoiced: number;
}

export interface DoubleOrder {
  readonly id: string;
  readonly number: string;
  readonly reference: string;
  readonly contact: DoubleContact;
  status: string;
  readonly createdAt: number;
  shipmentDate: string;
  deliveryMethod: string;
  readonly deliveryCharge: bigint;
  readonly notes: string;
  readonly terms: string;
  readonly lines: readonly DoubleLine[];
  readonly packages: Record<string, string>[];
  readonly invoices: DoubleInvoice[];
}

export interface DoubleInvoice {
  readonly id: string;
  readonly number: string;
  status: string;
  readonly total: bigint;
  balance: bigint;
  readonly dueDate: string;
}

/** Records kept of each kind; the oldest make room (a long-lived sandbox stays bounded). */
const RECORDS_MAX = 20_000;
const FIRST_SALES_ID = 4815000000500000000n;

export interface SalesStore {
  readonly contacts: Map<string, DoubleContact>;
  readonly orders: Map<string, DoubleOrder>;
  /** Tax percentages by id. */
  readonly taxes: Map<string, bigint>;
  readonly nextId: () => string;
  readonly keep: <T extends { readonly id: string }>(into: Map<string, T>, record: T) => T;
}

export const makeSalesStore = (clock: Clock): SalesStore => {
  let last = 0n;
  return {
    contacts: new Map(),
    orders: new Map(),
    taxes: new Map([[SANDBOX_TAX_ID, 5n]]),
    // Ids grow with time, so that a restarted sandbox does not give one order's id to another.
    nextId: () => {
      const now = FIRST_SALES_ID + BigInt(clock.now());
      last = now > last ? now : last + 1n;
      return String(last);
    },
    keep: (into, record) => {
      const oldest = into.keys().next().value;
      if (into.size >= RECORDS_MAX && oldest !== undefined) into.delete(oldest);
      into.set(record.id, record);
      return record;
    },
  };
};

/** The sandbox's VAT of 5 %. */
export const SANDBOX_TAX_ID = '4815000000060001';

export interface OrderTotals {
  readonly subTotal: bigint;
  readonly taxTotal: bigint;
  readonly total: bigint;
}

/** Zoho rounds the tax of each line. */
export const totalsOf = (order: DoubleOrder, taxes: ReadonlyMap<string, bigint>): OrderTotals => {
  let subTotal = 0n;
  let taxTotal = 0n;
  for (const line of order.lines) {
    const amount = line.rate * BigInt(line.quantity);
    subTotal += amount;
    const percent = line.taxId === null ? 0n : (taxes.get(line.taxId) ?? 0n);
    taxTotal += (amount * percent * 2n + 100n) / 200n;
  }
  return { subTotal, taxTotal, total: subTotal + taxTotal + order.deliveryCharge };
};

export const decimal = (minor: bigint): string => {
  const padded = minor.toString().padStart(3, '0');
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
};
