/** What the customer wants to buy. */

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: string;
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
