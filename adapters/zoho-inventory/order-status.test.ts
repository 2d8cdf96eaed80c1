import { describe, expect, it } from 'vitest';
import { orderStatus } from './order-status.ts';
import type { SaleOrder } from './sale-order.ts';

const line = { itemId: '1', sku: 'A', name: 'A', quantity: 2, rate: '100.00', shipped: 0, invoiced: 0 };
const order = (more: Partial<SaleOrder> = {}): SaleOrder => ({
  id: '1',
  number: 'TJ-1',
  reference: null,
  status: 'draft',
  customerId: '2',
  customerName: 'Noura',
  date: '2026-02-01',
  shipmentDate: null,
  deliveryMethod: null,
  currency: 'AED',
  total: '210.00',
  lines: [line],
  subTotal: '200.00',
  taxTotal: '10.00',
  deliveryCharge: '0.00',
  packages: [],
  invoices: [],
  ...more,
});
const invoice = (total: string, balance: string, status = 'sent') => ({
  number: 'INV-1',
  status,
  total,
  balance,
  dueDate: null,
});
const parcel = (status: string, more: object = {}) => ({
  number: 'PKG-1',
  status,
  carrier: null,
  trackingNumber: null,
  shipmentDate: null,
  ...more,
});

describe('plain words for an order (domain 10.2)', () => {
  it.each([
    ['draft', 'quotation', 'at the quotation stage'],
    ['approved', 'approved', 'approved and being processed'],
    ['confirmed', 'preparing', 'being prepared'],
    ['partially_shipped', 'on_the_way', 'on the way'],
    ['fulfilled', 'delivered', 'delivered'],
    ['void', 'cancelled', 'cancelled'],
    ['onhold', 'on_hold', 'on hold'],
    ['something new', 'unknown', 'not known at the moment'],
  ])('%s is %s', (status, stage, english) => {
    const said = orderStatus(order({ status }));
    expect(said).toMatchObject({ number: 'TJ-1', stage, label: { en: english } });
    expect(said.label.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it.each([
    ['draft', { isApproved: true }, 'approved'],
    ['draft', { dealStage: 'Order confirmed' }, 'approved'],
    ['confirmed', { dealStage: 'Consignment' }, 'on_the_way'],
    ['confirmed', { dealStage: 'Sent to warehouse' }, 'preparing'],
    ['shipped', { dealStage: 'Collected/delivered' }, 'delivered'],
    ['shipped', { dealStage: 'Offer sent' }, 'on_the_way'],
    ['draft', { dealStage: 'Closed lost' }, 'cancelled'],
    ['shipped', { dealStage: 'Closed lost' }, 'on_the_way'],
    ['void', { dealStage: 'Order confirmed', isApproved: true }, 'cancelled'],
    ['onhold', { isApproved: true }, 'on_hold'],
  ])('%s with %j is %s', (status, hints, stage) => {
    expect(orderStatus(order({ status }), hints).stage).toBe(stage);
  });

  it('says "delivered" only when nothing is left to come', () => {
    const all = [{ ...line, shipped: 2 }];
    const status = 'confirmed';
    expect(orderStatus(order({ status, packages: [parcel('delivered')] })).stage).toBe('on_the_way');
    expect(orderStatus(order({ status, lines: all, packages: [parcel('delivered')] })).stage).toBe(
      'delivered',
    );
    expect(
      orderStatus(order({ status, lines: all, packages: [parcel('delivered'), parcel('shipped')] })).stage,
    ).toBe('on_the_way');
    expect(orderStatus(order({ status, packages: [parcel('not_shipped')] })).stage).toBe('preparing');
  });

  it('tells date, method and tracking when there are any (domain 10.3)', () => {
    const planned = order({ status: 'confirmed', shipmentDate: '2026-02-05', deliveryMethod: 'Own lorry' });
    expect(orderStatus(planned)).toMatchObject({
      shipmentDate: '2026-02-05',
      deliveryMethod: 'Own lorry',
      trackingNumber: null,
    });
    const packages = [parcel('shipped', { shipmentDate: '2026-02-06', trackingNumber: 'T1' })];
    expect(orderStatus({ ...planned, packages })).toMatchObject({
      shipmentDate: '2026-02-06',
      trackingNumber: 'T1',
    });
    expect(orderStatus(order())).toMatchObject({ shipmentDate: null, deliveryMethod: null, payment: null });
  });
});

describe('the state of payment', () => {
  it.each([
    ['nothing paid', [invoice('210.00', '210.00')], 'unpaid', '210.00'],
    ['a part paid', [invoice('210.00', '100.50')], 'partly_paid', '100.50'],
    ['all paid', [invoice('210.00', '0.00', 'paid')], 'paid', '0.00'],
    ['one of two paid', [invoice('105.00', '0.00'), invoice('105.00', '105.00')], 'partly_paid', '105.00'],
    ['both paid', [invoice('105.00', '0.00'), invoice('105.00', '0.00')], 'paid', '0.00'],
    ['only the advance invoiced, and paid', [invoice('105.00', '0.00')], 'partly_paid', '0.00'],
    [
      'a void one beside a paid one',
      [invoice('210.00', '0.00'), invoice('210.00', '210.00', 'void')],
      'paid',
      '0.00',
    ],
  ])('%s', (_name, invoices, state, outstanding) => {
    expect(orderStatus(order({ invoices })).payment).toEqual({ state, outstanding, currency: 'AED' });
  });

  it('is not known while nothing is issued', () => {
    expect(orderStatus(order({ invoices: [invoice('210.00', '210.00', 'draft')] })).payment).toBeNull();
  });
});
