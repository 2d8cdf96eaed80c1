/** Layouts of statecharts, fetched once a page: they change only with the machine. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { MachineLayout } from '../api/types.ts';
import { api } from '../app/services.ts';

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

/** The layout, null until it is here. */
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
  return { layout, error, retry: () => setTries(tries + 1) };
};
