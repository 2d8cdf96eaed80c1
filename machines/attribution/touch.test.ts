import { describe, expect, it } from 'vitest';
import { touchIn } from './touch.ts';

describe('where a customer came from', () => {
  it('is read from a link of the shop in the first message', () => {
    expect(
      touchIn(
        'Hello! I saw this: https://shop.test/c/chairs?utm_source=google&utm_medium=cpc&utm_campaign=Back+to%20office&gclid=Cj0_x-1.',
      ),
    ).toEqual({ source: 'google', medium: 'cpc', campaign: 'Back to office', gclid: 'Cj0_x-1' });
  });

  it('is read from the words that an advertisement puts into the message', () => {
    expect(touchIn('Hi, price please (utm_source=instagram&ad_id=120&promo=NOOR10)')).toEqual({
      source: 'instagram',
      adId: '120',
      promoCode: 'NOOR10',
    });
    expect(touchIn('مرحبا\nUTM_SOURCE=snapchat،')).toEqual({ source: 'snapchat' });
  });

  it('is not made up of ordinary words, empty values or other keys', () => {
    for (const text of ['My promo is 10 = fine', 'utm_source=', 'source=google', 'a+b=c', 'xutm_source=x'])
      expect(touchIn(text), text).toBeNull();
  });

  it('survives what no browser wrote, and stays short enough for the CRM', () => {
    expect(touchIn('utm_term=100%')).toEqual({ term: '100%' });
    expect(touchIn(`utm_term=${'x'.repeat(500)}`)?.term).toHaveLength(255);
    expect(touchIn('utm_source=%00a%0Ab&utm_source=second')).toEqual({ source: 'a b' });
  });
});
