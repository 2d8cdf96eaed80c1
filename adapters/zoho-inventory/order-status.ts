/** What an order's state is called to a customer (domain 10.2, 10.3). Pure; what cannot be known is said to be unknown. */
import { ownEntry } from '../http/vendor-word.ts';
import type { SaleOrder, SaleOrderInvoice } from './sale-order.ts';

export type OrderStage =
  | 'quotation'
  | 'approved'
  | 'preparing'
  | 'on_the_way'
  | 'delivered'
  | 'cancelled'
  | 'on_hold'
  | 'unknown';

export interface OrderPayment {
  /** `paid` only when every invoice is settled and the invoices cover the order. */
  readonly state: 'paid' | 'partly_paid' | 'unpaid';
  /** What the issued invoices still ask for; decimal text. */
  readonly outstanding: string;
  readonly currency: string | null;
}

export interface OrderStatus {
  readonly number: string;
  readonly stage: OrderStage;
  readonly label: { readonly en: string; readonly ar: string };
  /** `yyyy-mm-dd`: of the last parcel when one is on the way, else as planned; `null` when Zoho has none. */
  readonly shipmentDate: string | null;
  readonly deliveryMethod: string | null;
  readonly trackingNumber: string | null;
  /** `null`: nothing is invoiced, so the state of payment is not known. */
  readonly payment: OrderPayment | null;
}

/** What our own books add to Zoho's order. */
export interface OrderHints {
  /** The customer accepted the quotation (domain 10.2: draft + approved). */
  readonly isApproved?: boolean;
  /** The CRM deal's stage as CRM writes it (domain 11.8). */
  readonly dealStage?: string | null;
}

/** Plain words for an order. */
export const orderStatus = (order: SaleOrder, hints: OrderHints = {}): OrderStatus => {
  const stage = stageOf(order, hints);
  const lastParcel = order.packages.filter((parcel) => IN_TRANSIT.has(parcel.status)).at(-1);
  return {
    number: order.number,
    stage,
    label: LABELS[stage],
    shipmentDate: lastParcel?.shipmentDate ?? order.shipmentDate,
    deliveryMethod: order.deliveryMethod,
    trackingNumber: lastParcel?.trackingNumber ?? null,
    payment: paymentOf(order),
  };
};

const LABELS: Readonly<Record<OrderStage, { readonly en: string; readonly ar: string }>> = {
  quotation: { en: 'at the quotation stage', ar: 'في مرحلة عرض السعر' },
  approved: { en: 'approved and being processed', ar: 'تمت الموافقة عليه وهو قيد المعالجة' },
  preparing: { en: 'being prepared', ar: 'قيد التجهيز' },
  on_the_way: { en: 'on the way', ar: 'في الطريق إليكم' },
  delivered: { en: 'delivered', ar: 'تم تسليمه' },
  cancelled: { en: 'cancelled', ar: 'ملغى' },
  on_hold: { en: 'on hold', ar: 'معلّق' },
  unknown: { en: 'not known at the moment', ar: 'غير معروف حالياً' },
};

/** Zoho's statuses (wire/04 §6) that say the same thing to a customer. */
const STAGES: Readonly<Record<string, OrderStage>> = {
  draft: 'quotation',
  pending_approval: 'quotation',
  approved: 'approved',
  confirmed: 'preparing',
  open: 'preparing',
  overdue: 'preparing',
  backordered: 'preparing',
  partially_invoiced: 'preparing',
  invoiced: 'preparing',
  partially_shipped: 'on_the_way',
  shipped: 'on_the_way',
  drop_shipped: 'on_the_way',
  fulfilled: 'delivered',
  closed: 'delivered',
  onhold: 'on_hold',
  on_hold: 'on_hold',
  void: 'cancelled',
};

/** How far an order is; the further of two sources is the newer one. */
const PROGRESS: readonly OrderStage[] = ['quotation', 'approved', 'preparing', 'on_the_way', 'delivered'];
const IN_TRANSIT: ReadonlySet<string> = new Set(['shipped', 'delivered']);

const stageOf = (order: SaleOrder, hints: OrderHints): OrderStage => {
  const own = ownEntry(STAGES, order.status) ?? 'unknown';
  if (own === 'cancelled' || own === 'on_hold') return own;
  const deal = stageOfDeal(hints.dealStage);
  // A lost deal beside an order that is under way is a contradiction: the order is the one with goods in it.
  if (deal === 'cancelled') return own === 'quotation' || own === 'unknown' ? 'cancelled' : own;
  const said = [own, stageOfParcels(order), deal, hints.isApproved === true ? ('approved' as const) : null];
  const furthest = Math.max(...said.map((stage) => (stage === null ? -1 : PROGRESS.indexOf(stage))));
  return PROGRESS[furthest] ?? 'unknown';
};

/** Parcels can be ahead of the order's own status; delivered is said only when nothing is left to come. */
const stageOfParcels = (order: SaleOrder): OrderStage | null => {
  const sent = order.packages.filter((parcel) => IN_TRANSIT.has(parcel.status));
  if (sent.length === 0) return null;
  const isAllSent = order.lines.every((line) => line.shipped >= line.quantity);
  const isAllThere = order.packages.every((parcel) => parcel.status === 'delivered');
  return isAllSent && isAllThere ? 'delivered' : 'on_the_way';
};

const DEAL_STAGES: readonly (readonly [pattern: RegExp, stage: OrderStage])[] = [
  [/lost|void|cancel/i, 'cancelled'],
  [/collected|delivered|fulfilled/i, 'delivered'],
  [/consignment/i, 'on_the_way'],
  [/warehouse/i, 'preparing'],
  [/order confirmed|approved/i, 'approved'],
];

const stageOfDeal = (stage: string | null | undefined): OrderStage | null =>
  DEAL_STAGES.find(([pattern]) => pattern.test(stage ?? ''))?.[1] ?? null;

/** Drafts are not issued, void ones are taken back: neither asks anybody for money. */
const NOT_ISSUED: ReadonlySet<string> = new Set(['draft', 'void']);

const paymentOf = (order: SaleOrder): OrderPayment | null => {
  const issued = order.invoices.filter((invoice) => !NOT_ISSUED.has(invoice.status));
  if (issued.length === 0) return null;
  const sum = (pick: (invoice: SaleOrderInvoice) => string): bigint =>
    issued.reduce((total, invoice) => total + minor(pick(invoice)), 0n);
  const outstanding = sum((invoice) => invoice.balance);
  const invoiced = sum((invoice) => invoice.total);
  const isSettled = issued.every((invoice) => minor(invoice.balance) === 0n);
  // Half in advance is the shop's rule (domain 9.14): a settled advance is not a paid order.
  const isCovered = invoiced >= minor(order.total);
  const state =
    isSettled && isCovered ? 'paid' : isSettled || outstanding < invoiced ? 'partly_paid' : 'unpaid';
  return { state, outstanding: decimal(outstanding), currency: order.currency };
};

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));

const decimal = (amount: bigint): string => {
  const padded = amount.toString().padStart(3, '0');
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
};
