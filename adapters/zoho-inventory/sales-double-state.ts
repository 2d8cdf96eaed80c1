/** What the shop's people do in Zoho, for the sandbox and for tests: customers of their own, parcels, invoices, payments. */
import type { Clock } from '../zoho-oauth/refresh.ts';
import {
  type DoubleContact,
  type DoubleInvoice,
  type DoubleOrder,
  type DoublePerson,
  type SalesStore,
  totalsOf,
} from './sales-double-store.ts';

export interface ContactSeed {
  readonly name: string;
  readonly company?: string;
  readonly type?: 'customer' | 'vendor';
  readonly active?: boolean;
  readonly persons: readonly Partial<DoublePerson>[];
}

export interface SalesDoubleState {
  readonly contacts: ReadonlyMap<string, DoubleContact>;
  readonly orders: ReadonlyMap<string, DoubleOrder>;
  /** Tax percentages by id. */
  readonly taxes: Map<string, bigint>;
  /** Seeds a contact; names are not checked here. */
  readonly addContact: (seed: ContactSeed) => DoubleContact;
  readonly orderByNumber: (number: string) => DoubleOrder;
  readonly setStatus: (number: string, status: string) => void;
  readonly plan: (number: string, shipmentDate: string, deliveryMethod: string) => void;
  /** Packs and sends everything; the order becomes `shipped`, or `fulfilled` when it is delivered. */
  readonly ship: (
    number: string,
    parcel: { readonly trackingNumber?: string; readonly isDelivered?: boolean },
  ) => void;
  /** Invoices so many hundredths of the total; 100 by default. */
  readonly invoice: (number: string, percent?: number) => DoubleInvoice;
  /** Settles all invoices of an order. */
  readonly pay: (number: string) => void;
}

const DAY_MS = 86_400_000;

export const makeSalesState = (store: SalesStore, clock: Clock): SalesDoubleState => {
  const orderByNumber = (number: string): DoubleOrder => {
    const order = [...store.orders.values()].find((candidate) => candidate.number === number);
    if (!order) throw new Error(`the sandbox has no order ${number}`);
    return order;
  };
  const today = () => new Date(clock.now()).toISOString().slice(0, 10);

  return {
    contacts: store.contacts,
    orders: store.orders,
    taxes: store.taxes,
    orderByNumber,
    addContact: (seed) =>
      store.keep(store.contacts, {
        id: store.nextId(),
        name: seed.name,
        company: seed.company ?? '',
        type: seed.type ?? 'customer',
        active: seed.active ?? true,
        address: '',
        createdAt: clock.now(),
        persons: seed.persons.map((person) => ({ ...NOBODY, ...person })),
      }),
    setStatus: (number, status) => void Object.assign(orderByNumber(number), { status }),
    plan: (number, shipmentDate, deliveryMethod) =>
      void Object.assign(orderByNumber(number), { shipmentDate, deliveryMethod }),
    ship: (number, parcel) => {
      const order = orderByNumber(number);
      for (const line of order.lines) line.shipped = line.quantity;
      order.status = parcel.isDelivered ? 'fulfilled' : 'shipped';
      order.packages.splice(0, order.packages.length, {
        package_id: store.nextId(),
        package_number: `PKG-${order.number}`,
        status: parcel.isDelivered ? 'delivered' : 'shipped',
        carrier: 'Own lorry',
        tracking_number: parcel.trackingNumber ?? '',
        shipment_date: today(),
      });
    },
    invoice: (number, percent = 100) => {
      const order = orderByNumber(number);
      const total = (totalsOf(order, store.taxes).total * BigInt(percent)) / 100n;
      const invoice: DoubleInvoice = {
        id: store.nextId(),
        number: `INV-${order.number}-${order.invoices.length + 1}`,
        status: 'sent',
        total,
        balance: total,
        dueDate: new Date(clock.now() + 15 * DAY_MS).toISOString().slice(0, 10),
      };
      order.invoices.push(invoice);
      if (order.status === 'confirmed') order.status = percent === 100 ? 'invoiced' : 'partially_invoiced';
      return invoice;
    },
    pay: (number) => {
      for (const invoice of orderByNumber(number).invoices)
        Object.assign(invoice, { balance: 0n, status: 'paid' });
    },
  };
};

const NOBODY: DoublePerson = { firstName: '', lastName: '', email: '', phone: '', mobile: '' };
