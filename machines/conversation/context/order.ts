/** What the customer wants to buy. */

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  /** Absent: the catalog has none, or the line is older than this field. */
  readonly nameAr?: string;
  readonly quantity: number;
  /** What the customer pays for one (domain 9.6). */
  readonly unitPrice: string;
  /** The catalog's rate of one before the segment's discount; absent: the same as `unitPrice`. */
  readonly listPrice?: string;
  readonly lineTotal: string;
  readonly currency: string;
}

export interface Order {
  readonly lines: readonly OrderLine[];
  readonly subtotal: string | null;
  readonly currency: string | null;
}

export interface OrderArea {
  readonly order: Order;
}

export const INITIAL_ORDER: OrderArea = { order: { lines: [], subtotal: null, currency: null } };
