/** A concrete order is told from talk about ordering (domain 8.2; lesson F-26). */
import { describe, expect, it } from 'vitest';
import { placesOrder } from './concrete-order.ts';

const SELECTED = { isSelected: true, hasAddress: false };

describe('a concrete order', () => {
  it.each([
    'I want to order 10 CH-616, deliver to Business Bay please',
    "We'd like to buy them. Delivery to Office 1203, Marina Plaza, with installation",
    'Please proceed with the order, we need them by Sunday',
    "OK, we'll take the 12 chairs, with assembly please",
    'confirm my order and bring it tomorrow',
    'I’d like to place an order for 4 desks, to be delivered in Abu Dhabi next week',
    'أريد أن أطلب ١٠ كراسي CH-616 والتوصيل إلى دبي',
    'أبغى أشتري هذه الطاولات مع التركيب',
    'نؤكد الطلب، التسليم يوم الأحد',
  ])('%s', (text) => {
    expect(placesOrder(text, SELECTED)).toBe(true);
  });

  it.each([
    'I want to order 10 CH-616',
    'Can I order 10 chairs to Dubai Marina?',
    'How do I order? We are in Sharjah',
    'If we order 20, can you deliver tomorrow?',
    'We need 10 chairs in Dubai next week',
    'What is the status of the order? I want to proceed with the order tomorrow',
    'Do you deliver to Abu Dhabi?',
    'We want to order samples first, to Dubai',
    'كيف أطلب؟ نحن في دبي',
    'هل يمكن أن أطلب ١٠ كراسي إلى دبي؟',
    'نحتاج ١٠ كراسي في دبي',
  ])('is not: %s', (text) => {
    expect(placesOrder(text, SELECTED)).toBe(false);
  });

  it('takes an address that was named before', () => {
    expect(placesOrder('I want to order them', { isSelected: true, hasAddress: true })).toBe(true);
  });

  it('is none without articles and quantities', () => {
    const text = 'I want to order 10 chairs, deliver to Business Bay';
    expect(placesOrder(text, { isSelected: false, hasAddress: true })).toBe(false);
  });
});
