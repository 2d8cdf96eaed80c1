/** What models cost today beside what they may cost, and the days before (contract 3.5, domain 25.9). */
import type { Budgets, Spend } from '../api/types.ts';

export interface JobSpend {
  readonly job: string;
  /** Millionths of a US dollar: whole numbers, so that sums are exact. */
  readonly spent: number;
  readonly budget: number;
  readonly calls: number;
  readonly failed: number;
  readonly unbilled: number;
}

export interface DaySpend {
  readonly day: string;
  readonly spent: number;
}

/** Days drawn as columns; the API answers thirty unless told. */
export const SHOWN_DAYS = 14;

/** `"0.0123"` US dollars as 12 300 millionths. Digits beyond the sixth are cut. */
export const microUsd = (amount: string): number => {
  const [whole = '0', fraction = ''] = amount.split('.');
  return Number(whole) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};

/** `$1.20`; sums under a cent keep four decimals, since single calls cost that little. */
export const usd = (micro: number): string => {
  const decimals = micro > 0 && micro < 10_000 ? 4 : 2;
  return `$${(micro / 1_000_000).toFixed(decimals)}`;
};

/** The shop's limit for each job: as `budgetOf` on the server reads the settings. */
const budgetFor = (job: string, { budgets, reviews }: Budgets): string => {
  if (job === 'dialogue') return budgets.dialogueDailyUsd;
  if (job === 'quality') return reviews.dailyBudgetUsd;
  if (job === 'summary') return budgets.summaryDailyUsd;
  return budgets.otherDailyUsd;
};

/** Jobs that every shop has are there before their first call. */
const ALWAYS = ['dialogue', 'summary', 'quality'];

/** Today's spending by job, the dearest first, jobs without calls at the end. */
export const jobsToday = (spend: Spend, limits: Budgets): readonly JobSpend[] => {
  const today = spend.items.filter(({ day }) => day === spend.to);
  const names = [...new Set([...today.map(({ job }) => job), ...ALWAYS])];
  return names
    .map((job) => {
      const lines = today.filter((line) => line.job === job);
      const sum = (pick: (line: (typeof lines)[number]) => number): number =>
        lines.reduce((total, line) => total + pick(line), 0);
      return {
        job,
        spent: sum(({ costUsd }) => microUsd(costUsd)),
        budget: microUsd(budgetFor(job, limits)),
        calls: sum(({ calls }) => calls),
        failed: sum(({ failed }) => failed),
        unbilled: sum(({ unbilled }) => unbilled),
      };
    })
    .sort((left, right) => right.spent - left.spent);
};

const DAY_MS = 24 * 60 * 60_000;

/** The last {@link SHOWN_DAYS} days with today, oldest first; days without calls cost nothing. */
export const daysBefore = (spend: Spend): readonly DaySpend[] => {
  const last = Date.parse(`${spend.to}T00:00:00Z`);
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = new Date(last - (SHOWN_DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    const spent = spend.items
      .filter((line) => line.day === day)
      .reduce((total, { costUsd }) => total + microUsd(costUsd), 0);
    return { day, spent };
  });
};
