import { describe, expect, it } from 'vitest';
import type { Budgets, Spend } from '../api/types.ts';
import { daysBefore, jobsToday, microUsd, SHOWN_DAYS, usd } from './spending.ts';

const line = (day: string, job: string, costUsd: string): Spend['items'][number] => ({
  day,
  job,
  calls: 2,
  failed: 1,
  unbilled: 0,
  promptTokens: 10,
  cachedTokens: 0,
  completionTokens: 5,
  reasoningTokens: 0,
  costUsd,
});

const spend: Spend = {
  from: '2026-10-25',
  to: '2026-11-22',
  items: [
    line('2026-11-21', 'dialogue', '3.1'),
    line('2026-11-22', 'summary', '0.0021'),
    line('2026-11-22', 'dialogue', '0.1'),
    line('2026-11-22', 'dialogue', '0.2'),
  ],
  totalUsd: '3.4021',
};

const limits: Budgets = {
  budgets: {
    totalDailyUsd: '25.00',
    dialogueDailyUsd: '20.00',
    summaryDailyUsd: '2.00',
    otherDailyUsd: '1.00',
  },
  reviews: { dailyBudgetUsd: '1.50' },
};

describe('spending', () => {
  it('adds money exactly', () => {
    expect(microUsd('0.1') + microUsd('0.2')).toBe(microUsd('0.3'));
    expect(microUsd('12.0000019')).toBe(12_000_001);
  });

  it('writes dollars, and cents only when they matter', () => {
    expect(usd(microUsd('1.2'))).toBe('$1.20');
    expect(usd(microUsd('0.0021'))).toBe('$0.0021');
    expect(usd(0)).toBe('$0.00');
  });

  it('sets today, and only today, against each job’s own limit', () => {
    const jobs = jobsToday(spend, limits);
    expect(jobs.map(({ job }) => job)).toEqual(['dialogue', 'summary', 'quality']);
    expect(jobs[0]).toMatchObject({ spent: 300_000, budget: 20_000_000, calls: 4, failed: 2 });
    expect(jobs[2]).toMatchObject({ spent: 0, budget: 1_500_000 });
  });

  it('shows days without calls as days that cost nothing', () => {
    const days = daysBefore(spend);
    expect(days).toHaveLength(SHOWN_DAYS);
    expect(days.at(-1)).toEqual({ day: '2026-11-22', spent: 302_100 });
    expect(days.at(-2)).toEqual({ day: '2026-11-21', spent: 3_100_000 });
    expect(days.at(-3)).toEqual({ day: '2026-11-20', spent: 0 });
  });
});
