/** Layouts of statecharts, fetched once a page: they change only with the machine. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { MachineLayout } from '../api/types.ts';
import { api } from '../app/services.ts';
import { currentLocale, say, t } from '../i18n/i18n.ts';
import { layoutIn } from './layout-words.ts';

const known = new Map<string, Promise<MachineLayout>>();

const fetchLayout = (id: string): Promise<MachineLayout> => {
  const found = known.get(id) ?? api.charts.layout(id);
  known.set(id, found);
  found.catch(() => known.delete(id));
  return found;
};

export interface LayoutState {
  readonly layout: MachineLayout | null;
  readonly error: ApiError | null;
  readonly retry: () => void;
}

/** The layout in the language chosen, null until it is here. */
export const useLayout = (id: string): LayoutState => {
  const [layout, setLayout] = useState<MachineLayout | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    setError(null);
    fetchLayout(id).then(
      (found) => {
        if (!gone) setLayout(found);
      },
      (failure: unknown) => {
        if (failure instanceof ApiError) {
          if (!gone) setError(failure);
        } else reportError(failure);
      },
    );
    return () => {
      gone = true;
    };
  }, [id, tries]);
  const locale = currentLocale();
  const spoken = useMemo(
    () =>
      layout === null || locale === 'en'
        ? layout
        : layoutIn(layout, { say, more: (n) => t('andMore', { n }) }),
    [layout, locale],
  );
  return { layout: spoken, error, retry: () => setTries(tries + 1) };
};
