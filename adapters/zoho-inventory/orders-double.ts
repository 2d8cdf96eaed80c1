/** Sales orders of the Inventory double, with Inventory's habits (wire/04 §3, §6). */
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { SalesDoubleOptions } from './sales-double.ts';
import { orderDetail, orderRow } from './sales-double-rows.ts';
import type { DoubleLine, DoubleOrder, SalesStore } from './sales-double-store.ts';
import {
  absent,
  bodyOf,
  failure,
  listAnswer,
  minor,
  rowsOf,
  success,
  textOf,
  type Wire,
} from './sales-double-wire.ts';

/** Once under way, an order cannot be voided any more. */
const UNDER_WAY = new Set([
  'partially_shipped',
  'shipped',
  'partially_invoiced',
  'invoiced',
  'fulfilled',
  'closed',
]);

export const orderRoutes = (
  store: SalesStore,
  options: SalesDoubleOptions,
): Record<string, DoubleHandler> => {
  const { orders, taxes } = store;
  const list: DoubleHandler = ({ query }) => {
    const tests = options.ignoresFilters()
      ? []
      : [...query].flatMap(([key, value]) => ORDER_FILTERS[key]?.(value) ?? []);
    const found = [...orders.values()].filter((order) => tests.every((test) => test(order))).reverse();
    return listAnswer(
      'salesorders',
      found.map((order) => orderRow(order, taxes)),
      query,
    );
  };
  const create: DoubleHandler = (request) => {
    const made = newOrder(store, options, request);
    if (!('lines' in made)) return made;
    store.keep(orders, made);
    return success(201, 'Sales Order has been created.', { salesorder: orderDetail(made, taxes) });
  };
  const revise: DoubleHandler = (request) => {
    const order = orders.get(request.params.id ?? '');
    if (!order) return absent;
    if (order.status !== 'draft')
      return failure(400, 36014, 'The sales order cannot be edited in its present status.');
    const made = newOrder(store, options, request, order);
    if (!('lines' in made)) return made;
    const { id, status, createdAt, packages, invoices } = order;
    const revised = { ...made, id, status, createdAt, packages, invoices };
    orders.set(id, revised);
    return success(200, 'Sales Order has been updated.', { salesorder: orderDetail(revised, taxes) });
  };
  const confirm: DoubleHandler = ({ params }) => {
    const order = orders.get(params.id ?? '');
    if (!order) return absent;
    if (order.status !== 'draft' && order.status !== 'approved')
      return failure(400, 36011, 'The sales order cannot be confirmed in its present status.');
    order.status = 'confirmed';
    commit(order, 1);
    return success(200, 'Sales order has been confirmed.', {});
  };
  const cancel: DoubleHandler = ({ params }) => {
    const order = orders.get(params.id ?? '');
    if (!order) return absent;
    if (UNDER_WAY.has(order.status))
      return failure(400, 36012, 'Sales orders that have been invoiced or shipped cannot be voided.');
    if (order.status === 'confirmed') commit(order, -1);
    order.status = 'void';
    return success(200, 'Sales order has been marked as void.', {});
  };
  return {
    'GET /inventory/v1/salesorders': list,
    'POST /inventory/v1/salesorders': create,
    'GET /inventory/v1/salesorders/:id': ({ params }) => {
      const order = orders.get(params.id ?? '');
      return order ? success(200, 'success', { salesorder: orderDetail(order, taxes) }) : absent;
    },
    'PUT /inventory/v1/salesorders/:id': revise,
    'POST /inventory/v1/salesorders/:id/status/confirmed': confirm,
    'POST /inventory/v1/salesorders/:id/status/void': cancel,
  };
};

/** Confirmed orders commit stock: less can be promised (wire/04 §4). */
const commit = (order: DoubleOrder, direction: 1 | -1): void => {
  for (const { item, quantity } of order.lines) {
    item.stock -= direction * quantity;
    item.committed += direction * quantity;
  }
};

/** The order of a request, or why Zoho refuses it. `revised`: the order that it changes, whose number it may keep. */
const newOrder = (
  store: SalesStore,
  options: SalesDoubleOptions,
  request: DoubleRequest,
  revised: DoubleOrder | null = null,
): DoubleOrder | DoubleResponse => {
  const body = bodyOf(request);
  const contact = store.contacts.get(textOf(body, 'customer_id'));
  if (!contact) return failure(400, 1002, 'Customer does not exist.');
  if (!contact.active) return failure(400, 36013, `${contact.name} is inactive.`);
  const isOwnNumber = revised !== null || request.query.get('ignore_auto_number_generation') === 'true';
  const number = isOwnNumber
    ? textOf(body, 'salesorder_number')
    : `SO-${String(store.orders.size + 1).padStart(5, '0')}`;
  if (number === '') return failure(400, 4, 'Invalid value passed for salesorder_number');
  if ([...store.orders.values()].some((order) => order !== revised && order.number === number))
    return failure(400, 36004, 'This sales order number already exists.');
  const lines = rowsOf(body, 'line_items').map((row) => lineOf(row, store, options));
  const bad = lines.find((line): line is DoubleResponse => 'body' in line);
  if (bad) return bad;
  if (lines.length === 0) return failure(400, 36005, 'Add at least one line item.');
  return {
    id: store.nextId(),
    number,
    reference: textOf(body, 'reference_number'),
    contact,
    status: 'draft',
    createdAt: options.clock.now(),
    shipmentDate: textOf(body, 'shipment_date'),
    deliveryMethod: textOf(body, 'delivery_method'),
    deliveryCharge: minor(body.shipping_charge),
    notes: textOf(body, 'notes'),
    terms: textOf(body, 'terms'),
    lines: lines as DoubleLine[],
    packages: [],
    invoices: [],
  };
};

const lineOf = (row: Wire, store: SalesStore, options: SalesDoubleOptions): DoubleLine | DoubleResponse => {
  const item = options.itemById(textOf(row, 'item_id'));
  if (!item?.active) return failure(400, 2006, 'The item is inactive or does not exist.');
  const quantity = Number(textOf(row, 'quantity'));
  if (!(quantity > 0)) return failure(400, 4, 'Invalid value passed for quantity');
  const taxId = textOf(row, 'tax_id') || null;
  if (taxId !== null && !store.taxes.has(taxId)) return failure(400, 1002, 'Tax does not exist.');
  return {
    lineId: store.nextId(),
    item,
    quantity,
    rate: minor(row.rate),
    description: textOf(row, 'description'),
    taxId,
    shipped: 0,
    invoiced: 0,
  };
};

const ORDER_FILTERS: Readonly<Record<string, (value: string) => (order: DoubleOrder) => boolean>> = {
  salesorder_number: (value) => (order) => order.number === value,
  search_text: (value) => (order) => order.number.includes(value) || order.reference.includes(value),
  customer_id: (value) => (order) => order.contact.id === value,
  reference_number: (value) => (order) => order.reference === value,
};
