/** Customers and orders as Zoho Inventory writes them, with bare numbers where Zoho has them (wire/04 §5, §6). */
import { rawNumber } from '../zoho-oauth/exact-json.ts';
import { zohoTime } from './inventory-double-row.ts';
import { type DoubleContact, type DoubleOrder, decimal, totalsOf } from './sales-double-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** A list row: of the persons only the primary one's facts. */
export const contactRow = (contact: DoubleContact): Row => ({
  contact_id: contact.id,
  contact_name: contact.name,
  company_name: contact.company,
  contact_type: contact.type,
  status: contact.active ? 'active' : 'inactive',
  email: contact.persons[0]?.email ?? '',
  phone: contact.persons[0]?.phone ?? '',
  mobile: contact.persons[0]?.mobile ?? '',
  created_time: zohoTime(contact.createdAt),
});

export const contactDetail = (contact: DoubleContact): Row => ({
  ...contactRow(contact),
  billing_address: { address: contact.address },
  contact_persons: contact.persons.map((person, index) => ({
    first_name: person.firstName,
    last_name: person.lastName,
    email: person.email,
    phone: person.phone,
    mobile: person.mobile,
    is_primary_contact: index === 0,
  })),
});

export const orderRow = (order: DoubleOrder, taxes: ReadonlyMap<string, bigint>): Row => ({
  salesorder_id: order.id,
  salesorder_number: order.number,
  reference_number: order.reference,
  status: order.status,
  customer_id: order.contact.id,
  customer_name: order.contact.name,
  date: day(order.createdAt),
  shipment_date: order.shipmentDate,
  delivery_method: order.deliveryMethod,
  currency_code: 'AED',
  total: rawNumber(decimal(totalsOf(order, taxes).total)),
});

export const orderDetail = (order: DoubleOrder, taxes: ReadonlyMap<string, bigint>): Row => {
  const { subTotal, taxTotal } = totalsOf(order, taxes);
  return {
    ...orderRow(order, taxes),
    sub_total: rawNumber(decimal(subTotal)),
    tax_total: rawNumber(decimal(taxTotal)),
    shipping_charge: rawNumber(decimal(order.deliveryCharge)),
    notes: order.notes,
    terms: order.terms,
    line_items: order.lines.map((line) => ({
      line_item_id: line.lineId,
      item_id: line.item.itemId,
      sku: line.item.source.sku,
      name: line.item.source.name,
      description: line.description,
      // Zoho writes quantities with a fraction.
      quantity: rawNumber(`${line.quantity}.00`),
      rate: rawNumber(decimal(line.rate)),
      tax_id: line.taxId ?? '',
      item_total: rawNumber(decimal(line.rate * BigInt(line.quantity))),
      quantity_packed: line.shipped,
      quantity_shipped: line.shipped,
      quantity_invoiced: line.invoiced,
    })),
    packages: order.packages,
    invoices: order.invoices.map((invoice) => ({
      invoice_id: invoice.id,
      invoice_number: invoice.number,
      status: invoice.status,
      due_date: invoice.dueDate,
      total: rawNumber(decimal(invoice.total)),
      balance: rawNumber(decimal(invoice.balance)),
    })),
  };
};

const day = (at: number): string => zohoTime(at).slice(0, 10);
