import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsciiDigits } from './digits.ts';
import { detectLanguage, hasArabic, languageFault, speaksOnly } from './language.ts';

describe('detectLanguage', () => {
  it.each([
    ['Hello, do you have office chairs?', 'en'],
    ['السلام عليكم', 'ar'],
    ['أريد ٢٠ كرسي مكتب', 'ar'],
    ['كم سعر Ergo Chair Pro CH-616 black؟', 'ar'],
    ['ابي Skyline Executive Desk 180 cm', 'ar'],
    ['Is the مجلس available in grey for my office please?', 'en'],
    ['My name is سالم', 'en'],
    ['Привет, есть стулья?', 'en'],
    ['آپ کے پاس دفتر کی کرسیاں ہیں؟', 'en'],
    ['https://example.test/ar/كرسي what is this', 'en'],
  ] as const)('%s is answered in %s', (text, expected) => {
    expect(detectLanguage(text, expected === 'en' ? 'ar' : 'en')).toBe(expected);
  });

  it.each([
    '12',
    '٢٠',
    '👍',
    '',
    '  ',
    '...',
    'CH-616',
    '+971 50 123 4567',
    'ok',
    'Sara Haddad',
    'sara@example.test',
  ])('keeps the previous language for %j, which has none of its own', (text) => {
    expect(detectLanguage(text, 'ar')).toBe('ar');
    expect(detectLanguage(text, 'en')).toBe('en');
    expect(detectLanguage(text)).toBe('en');
  });

  it('follows a switch of the customer (domain 16.4)', () => {
    expect(detectLanguage('Thank you', 'ar')).toBe('en');
    expect(detectLanguage('شكرا', 'en')).toBe('ar');
    expect(detectLanguage('Office chairs', 'ar')).toBe('en');
    expect(detectLanguage('Hello', 'ar')).toBe('en');
  });

  it('answers any text with one of the two languages', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => ['en', 'ar'].includes(detectLanguage(text))),
    );
  });
});

describe('speaksOnly', () => {
  it('lets an Arabic reply carry Latin names, prices and links (domain 16.3, lesson F-20)', () => {
    const reply =
      'لدينا Skyline Executive Mesh Chair with Headrest بسعر AED 450.00.\nSkyline Desk 160 x 80\nhttps://shop.test/is/the/best';
    expect(speaksOnly(reply, 'ar')).toBe(true);
  });

  it('finds an English sentence inside an Arabic reply (lesson F-23)', () => {
    expect(languageFault('أهلا بك في Treejar! How may I address you?', 'ar')).toEqual({
      kind: 'english_sentence',
      sentence: 'How may I address you',
    });
  });

  it('refuses an Arabic reply without Arabic, and Arabic script in an English one', () => {
    expect(speaksOnly('Sure, here it is', 'ar')).toBe(false);
    expect(speaksOnly('We have the كرسي in stock', 'en')).toBe(false);
  });

  it('refuses other scripts in both languages', () => {
    expect(speaksOnly('Hello, конечно', 'en')).toBe(false);
    expect(speaksOnly('مرحبا конечно', 'ar')).toBe(false);
  });

  it('accepts accents, emoji, curly apostrophes and pure numbers', () => {
    expect(speaksOnly('It’s a café chair 👍 – AED 290', 'en')).toBe(true);
    expect(speaksOnly('450', 'ar')).toBe(true);
  });
});

describe('hostile text', () => {
  it('is judged in little time', () => {
    const started = performance.now();
    for (const hostile of ['a@', 'a@b.', 'كرسي the ', '1-', "a'"]) {
      const text = hostile.repeat(8000 / hostile.length);
      detectLanguage(text);
      languageFault(text, 'ar');
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('digits', () => {
  it('maps every Arabic digit and keeps the length', () => {
    expect(toAsciiDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ １٬٢٥٠٫٥٠ ٥٪')).toBe('0123456789 0123456789 1,250.50 5%');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => toAsciiDigits(text).length === text.length),
    );
  });

  it('does not take Arabic digits or punctuation for Arabic letters', () => {
    expect(hasArabic('٢٠، ٪')).toBe(false);
    expect(hasArabic('كرسي')).toBe(true);
  });
});
