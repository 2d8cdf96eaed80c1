import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrom, codeIn, speaksOfReferral } from './code.ts';

describe('a referral code (domain 19.1)', () => {
  it('has the form NOOR-XXXXX and is found again in any spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 32 }), (bytes) => {
        const code = codeFrom(bytes);
        expect(code).toMatch(/^NOOR-[0-9A-HJKMNP-TV-Z]{5}$/);
        expect(codeIn(`my friend gave me ${code.toLowerCase().replace('-', ' ')}, thanks`)).toBe(code);
      }),
    );
  });

  it('reads look-alike letters as the digits that they look like', () => {
    expect(codeIn('noor-ol12a')).toBe('NOOR-0112A');
    expect(codeIn('NOOR-٤٢A7B')).toBe('NOOR-42A7B');
  });

  it.each(['Hello Noor, hi there', 'NOOR-12', 'Noor 123456'])('%s holds none', (text) => {
    expect(codeIn(text)).toBeNull();
  });

  it('tells talk about recommending us from other talk', () => {
    for (const text of [
      'Do you have a referral code?',
      'Can I refer a friend?',
      'عندكم كود إحالة؟',
      'use NOOR-7K2Q9',
    ])
      expect(speaksOfReferral(text), text).toBe(true);
    for (const text of ['I refer to your last message', 'Which chair do you recommend?', 'Hi Noor'])
      expect(speaksOfReferral(text), text).toBe(false);
  });
});
