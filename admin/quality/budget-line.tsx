/** What reviews of this kind have spent today, of what they may; and that they wait, when they do (domain 6.14). */
import { useEffect, useState } from 'preact/hooks';
import type { Review, ReviewBudget } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { intlTag, number, t } from '../i18n/i18n.ts';
import { momentOf } from '../lib/time.ts';
import { dollars } from './words.ts';

const money = (cents: number): string => dollars(String(cents / 100));

export const BudgetLine = ({ scope }: { readonly scope: Review['scope'] }) => {
  const [budgets, setBudgets] = useState<readonly ReviewBudget[]>([]);
  useEffect(() => {
    api.quality.budget().then((page) => setBudgets(page.items), trouble);
  }, []);
  const budget = budgets.find((one) => one.scope === scope);
  if (budget === undefined) return null;
  const { spentCents, limitCents, calls, callsLimit, stoppedSince } = budget;
  return (
    <div class="quality-budget">
      <p>
        {t('spentToday')}:{' '}
        <bdi dir="ltr">
          <strong>{money(spentCents)}</strong> / {money(limitCents)}
        </bdi>{' '}
        · {t('judgeCalls')}:{' '}
        <bdi dir="ltr">
          {number(calls)} / {number(callsLimit)}
        </bdi>
      </p>
      {stoppedSince === null ? null : (
        <p class="notice is-bad" role="status">
          {t('budgetStopped', { at: momentOf(stoppedSince, intlTag()) })}
        </p>
      )}
    </div>
  );
};
