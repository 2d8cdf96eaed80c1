/** A sheet for tests: as many lines as asked for, in either language. */
import type { QuoteSheet, SheetLine } from './quote-sheet.ts';

const line = (position: number, photo: string | null): SheetLine => ({
  position,
  sku: `CH-${600 + position}`,
  name: `Operator chair Breeze ${position}`,
  description: 'A light operator chair for daily work, with a breathable mesh back and a nylon base.',
  specs: [
    { label: 'Dimensions', text: '62 × 60 × 96–106 cm' },
    { label: 'Warranty', text: '2 years' },
  ],
  quantity: '2',
  unitPrice: '345.00',
  total: '690.00',
  photo,
});

/** `photos`: each line names one, by its position. */
export const testSheet = (lines: number, language: 'en' | 'ar' = 'en', photos = false): QuoteSheet => ({
  language,
  title: language === 'ar' ? 'عرض سعر' : 'Quotation',
  number: 'SO-00042 R1',
  date: { year: 2026, month: 11, day: 22 },
  seller: { name: 'Treejar', note: '', details: [{ text: '+971 4 555 0100', ltr: true }] },
  facts: [{ label: 'Date', text: '22 November 2026', ltr: false }],
  customer: { title: 'Prepared for', name: 'Omar', details: [] },
  columns: { photo: 'Photo', item: 'Item', quantity: 'Qty', unitPrice: 'Unit price', total: 'Total' },
  zones: [
    {
      name: null,
      total: '690.00',
      lines: Array.from({ length: lines }, (_, i) => line(i + 1, photos ? String(i + 1) : null)),
    },
  ],
  totals: [{ label: 'Grand total', text: '724.50', ltr: true, strong: true }],
  terms: { title: 'Terms', items: ['Valid for 15 days and while stock lasts.'] },
  contact: { title: 'Your contact', name: 'Noor', details: [] },
  footer: [{ text: 'Treejar', ltr: false }],
  pageWords: { page: 'Page', of: 'of' },
});
