/** What each job may spend in a business day, out of the settings document (contract 3.5, domain 25.9). */
import type { Settings } from '../api/settings-schema.ts';

export interface Budget {
  /** Plain decimal US dollars. */
  readonly jobUsd: string;
  readonly shopUsd: string;
  /** The part of the shop's money that this job may see spent: customers who wait come first. */
  readonly shopShare: string;
  /**
   * Whether no call begins that could pass the limit. A customer who waits is answered as long as there is money at all, so
   * that the last call of a dialogue may pass its limit, by its own cost at most.
   */
  readonly strict: boolean;
}

/** The others stop when so much of the shop's money is spent; the rest is kept for talking with customers. */
export const OTHERS_SHARE = '0.8';

export const budgetOf = (job: string, settings: Pick<Settings, 'budgets' | 'reviews'>): Budget => {
  const { budgets, reviews } = settings;
  const shopUsd = budgets.totalDailyUsd;
  switch (job) {
    case 'dialogue':
      return { jobUsd: budgets.dialogueDailyUsd, shopUsd, shopShare: '1', strict: false };
    case 'quality':
      return { jobUsd: reviews.dailyBudgetUsd, shopUsd, shopShare: OTHERS_SHARE, strict: true };
    case 'summary':
      return { jobUsd: budgets.summaryDailyUsd, shopUsd, shopShare: OTHERS_SHARE, strict: true };
    default:
      return { jobUsd: budgets.otherDailyUsd, shopUsd, shopShare: OTHERS_SHARE, strict: true };
  }
};
