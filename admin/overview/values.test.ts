import { describe, expect, it } from 'vitest';
import { changeOf, csvCell, csvOf, type Words, writtenOf } from './values.ts';

const words: Words = { tag: 'en-GB', currency: 'AED', unknown: 'n/a', duration: (ms) => `${ms / 1000} s` };

describe('the numbers of the overview', () => {
  it('are written by their unit, and what is not known is never zero', () => {
    expect(writtenOf(1234, 'count', words)).toBe('1,234');
    expect(writtenOf('15900.40', 'money', words)).toBe('AED 15,900');
    expect(writtenOf('3.5', 'usd', words)).toBe('$3.50');
    expect(writtenOf(33.333, 'percent', words)).toBe('33.3 %');
    expect(writtenOf(4000, 'ms', words)).toBe('4 s');
    expect(writtenOf(null, 'money', words)).toBe('n/a');
    expect(writtenOf(0, 'count', words)).toBe('0');
  });

  it('are compared with the days before: more is not better everywhere', () => {
    expect(changeOf({ value: 12, previous: 10, better: 'more' })).toEqual({
      percent: 20,
      direction: 'up',
      tone: 'good',
    });
    expect(changeOf({ value: 12, previous: 10, better: 'less' })?.tone).toBe('bad');
    expect(changeOf({ value: '5', previous: '5.00', better: 'more' })?.direction).toBe('same');
    expect(changeOf({ value: 5, previous: 0, better: null })).toEqual({
      percent: null,
      direction: 'up',
      tone: 'plain',
    });
    expect(changeOf({ value: 5, previous: null, better: 'more' })).toBeNull();
  });

  it('make a file that a spreadsheet opens without running anything', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
    expect(csvCell('-12.5')).toBe('-12.5');
    const text = csvOf({
      runtime: {},
      period: {
        from: '2026-03-01',
        to: '2026-03-02',
        timeZone: 'Asia/Dubai',
        currency: 'AED',
        previous: null,
      },
      countedUntil: null,
      metrics: [
        {
          id: 'conversations',
          group: 'demand',
          unit: 'count',
          label: 'Conversations, all',
          definition: '',
          source: '',
          better: 'more',
          drill: true,
          value: 3,
          previous: null,
          parts: [],
        },
      ],
      series: [
        { from: '2026-03-01', to: '2026-03-01', values: { conversations: 1 } },
        { from: '2026-03-02', to: '2026-03-02', values: {} },
      ],
    });
    expect(text.split('\r\n')).toEqual([
      'metric,label,unit,2026-03-01..2026-03-02,previous,2026-03-01,2026-03-02',
      'conversations,"Conversations, all",count,3,,1,',
    ]);
  });
});
