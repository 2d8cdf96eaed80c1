import { describe, expect, it } from 'vitest';
import { plainText, whatsAppSpans } from './whatsapp-text.ts';

const shape = (text: string): string =>
  whatsAppSpans(text)
    .map(({ mark, text: words }) => (mark === null ? words : `<${mark}:${words}>`))
    .join('');

describe('WhatsApp marks', () => {
  it('are understood where the phone understands them', () => {
    expect(shape('12 × *Forma 210* at _845.00_ AED')).toBe('12 × <bold:Forma 210> at <italic:845.00> AED');
    expect(shape('~990~ now ```SKU-1```')).toBe('<struck:990> now <code:SKU-1>');
    expect(shape('كرسي *فورما 210* متوفر')).toBe('كرسي <bold:فورما 210> متوفر');
  });

  it('leave alone what only looks like a mark', () => {
    for (const text of [
      '2*3*4',
      'snake_case_name',
      '* not bold *',
      'a * b',
      '5* hotel, 4* price',
      'CHR_ERG_210',
    ]) {
      expect(shape(text), text).toBe(text);
    }
  });

  it('do not reach across lines', () => {
    expect(shape('*one\ntwo*')).toBe('*one\ntwo*');
  });

  it('are dropped from previews', () => {
    expect(plainText('Noted: *Forma 210*')).toBe('Noted: Forma 210');
  });
});
