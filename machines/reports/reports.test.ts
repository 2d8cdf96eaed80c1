import { describe, expect, it } from 'vitest';
import { METRICS } from '../metrics/definitions.ts';
import { REPORT_LANGUAGES, type ReportContent, SECTIONS, TILES } from './content.ts';
import { formatValue } from './format.ts';
import { reportSheet } from './sheet.ts';
import { reportSummary } from './summary.ts';
import { reportCsv } from './table.ts';
import { keyWords, REPORT_WORDS } from './words.ts';

const content = (values: Readonly<Record<string, number | string | null>>): ReportContent => ({
  period: { from: '2026-03-02', to: '2026-03-08', timeZone: 'Asia/Dubai', currency: 'AED' },
  metrics: METRICS.map(({ id, unit }) => ({
    id,
    unit,
    value: values[id] ?? null,
    previous: null,
    parts: id === 'handOvers' ? [{ key: '3', n: 4, amount: null }] : [],
  })),
  series: [
    { from: '2026-03-02', to: '2026-03-02', values: { conversations: 5 } },
    { from: '2026-03-03', to: '2026-03-03', values: { conversations: 10 } },
  ],
});
const options = { kind: 'weekly', language: 'en', shop: 'Treejar', madeAt: '2026-03-09 09:00' } as const;

describe('the words of reports', () => {
  it('name every metric and every section in every language', () => {
    for (const language of REPORT_LANGUAGES) {
      const words = REPORT_WORDS[language];
      for (const { id } of METRICS) expect([language, id, words.metrics[id]]).not.toContain(undefined);
      expect(Object.keys(words.keys).sort()).toEqual(Object.keys(REPORT_WORDS.en.keys).sort());
    }
  });

  it('explain keys of ours and leave the names of the shop as they are', () => {
    expect(keyWords(REPORT_WORDS.en, 'handOvers', '3')).toBe('Complaint');
    expect(keyWords(REPORT_WORDS.en, 'followUps', 'follow_up:2')).toBe('After a quotation, 2');
    expect(keyWords(REPORT_WORDS.ar, 'followUps', 'follow_up:2')).toMatch(/، 2$/);
    expect(keyWords(REPORT_WORDS.ru, 'articles', 'CH-616')).toBe('CH-616');
  });
});

describe('a report', () => {
  it('asks only for metrics that exist', () => {
    const ids = new Set(METRICS.map(({ id }) => id));
    for (const id of [
      ...TILES,
      ...SECTIONS.flatMap(({ rows, bars }) => [...rows, ...bars.map(([one]) => one)]),
    ]) {
      expect([id, ids.has(id)]).toEqual([id, true]);
    }
  });

  it('prints what is not known as n/a in its language, never as 0', () => {
    for (const [language, unknown] of [
      ['en', 'n/a'],
      ['ar', 'غير متوفر'],
      ['ru', 'н/д'],
    ] as const) {
      const sheet = reportSheet(content({ conversations: 0 }), { ...options, language });
      expect(sheet.tiles.map(({ value }) => value)).toEqual(['0', ...Array(7).fill(unknown)]);
    }
  });

  it('scales charts and bars by their highest', () => {
    const sheet = reportSheet(content({ conversations: 15 }), options);
    expect(sheet.charts[0]).toMatchObject({ top: '10', columns: [{ height: 0.5 }, { height: 1 }] });
    expect(sheet.charts[1]?.columns.map(({ height }) => height)).toEqual([null, null]);
  });

  it('says values as people do', () => {
    const say = (value: number | string | null, unit: Parameters<typeof formatValue>[1]) =>
      formatValue(value, unit, REPORT_WORDS.en, 'AED');
    expect([
      say(1234567, 'count'),
      say(33.3, 'percent'),
      say(4300, 'ms'),
      say(600_000, 'ms'),
      say(3 * 3_600_000, 'ms'),
      say(10 * 86_400_000, 'ms'),
      say('20609.00', 'money'),
      say('0.0123', 'usd'),
      say('1234.5678', 'usd'),
      say(null, 'money'),
    ]).toEqual([
      '1,234,567',
      '33.3 %',
      '4.3 s',
      '10 min',
      '3 h',
      '10 d',
      'AED 20,609.00',
      'USD 0.0123',
      'USD 1,234.57',
      'n/a',
    ]);
  });

  it('as CSV leaves unknown cells empty and lets no cell be a formula', () => {
    const shop = content({ conversations: 3, dealsAmount: '609.00' });
    const hostile = {
      ...shop,
      metrics: shop.metrics.map((metric) =>
        metric.id === 'articles'
          ? { ...metric, parts: [{ key: '=cmd|"x",1', n: 1, amount: null, name: '+Chair, red' }] }
          : metric,
      ),
    };
    const lines = reportCsv(hostile).split('\r\n');
    expect(lines).toContain('total,conversations,,2026-03-02,2026-03-08,count,3,,,');
    expect(lines).toContain('total,dealsAmount,,2026-03-02,2026-03-08,money,609.00,,,');
    expect(lines).toContain('total,quality,,2026-03-02,2026-03-08,score,,,,');
    expect(lines).toContain(`part,articles,"'=cmd|""x"",1",2026-03-02,2026-03-08,count,1,,,"'+Chair, red"`);
    expect(lines).toContain('series,conversations,,2026-03-03,2026-03-03,count,10,,,');
  });

  it('names articles by name and number; what the catalog no longer has, by its number', () => {
    const shop = content({ articles: 2 });
    const metrics = shop.metrics.map((metric) =>
      metric.id === 'articles'
        ? {
            ...metric,
            parts: [
              { key: 'CH-616', n: 4, amount: null, name: 'Mesh chair' },
              { key: 'EX-2', n: 2, amount: null, name: 'Executive chair with a headrest' },
              { key: 'OLD-1', n: 1, amount: null },
            ],
          }
        : metric,
    );
    const { sections } = reportSheet({ ...shop, metrics }, options);
    const bars = sections.flatMap((section) =>
      section.bars.flatMap((one) => one.bars.map(({ label }) => label)),
    );
    expect(bars).toEqual(
      expect.arrayContaining(['Mesh chair · CH-616', 'Executive chair with a he… · EX-2', 'OLD-1']),
    );
  });

  it('in a few lines for the group names the numbers and the reasons', () => {
    const summary = reportSummary(content({ conversations: 15, handOvers: 4, quality: 22.3 }), options);
    expect(summary.lines).toContainEqual({ label: 'Conversations', value: '15' });
    expect(summary.lines).toContainEqual({ label: 'Hand-overs', value: '4' });
    expect(summary.lines).toContainEqual({ label: 'Quality (of 30)', value: '22.3' });
    expect(summary.lines).toContainEqual({ label: 'Conversion', value: 'n/a' });
    expect(summary.reasons).toEqual([{ label: 'Complaint', value: '4' }]);
  });
});
