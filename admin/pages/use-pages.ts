/** A list from the API that grows by pages: loading, failure, more, and local changes to it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { Page } from '../api/types.ts';
import { trouble } from '../app/services.ts';

/** Rows a page of the admin holds; beyond it, search is the way (G10). */
export const MAX_ROWS = 5000;

export interface Pages<T> {
  readonly items: readonly T[];
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: ApiError | null;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly reload: () => void;
  readonly update: (change: (items: readonly T[]) => readonly T[]) => void;
}

type Loaded<T> = Pick<Pages<T>, 'items' | 'status' | 'error'> & { readonly next: string | null };

export const usePages = <T>(fetchPage: (cursor?: string) => Promise<Page<T>>): Pages<T> => {
  const [state, setState] = useState<Loaded<T>>({ items: [], status: 'loading', error: null, next: null });
  const generation = useRef(0);
  const busy = useRef(false);
  const load = async (cursor?: string): Promise<void> => {
    if (busy.current && cursor !== undefined) return;
    generation.current += 1;
    const mine = generation.current;
    busy.current = true;
    try {
      const page = await fetchPage(cursor);
      if (mine !== generation.current) return;
      setState((old) => ({
        items: (cursor === undefined ? page.items : [...old.items, ...page.items]).slice(0, MAX_ROWS),
        status: 'ready',
        error: null,
        next: page.next,
      }));
    } catch (error) {
      if (mine !== generation.current) return;
      if (error instanceof ApiError && cursor === undefined)
        setState((old) => ({ ...old, status: 'failed', error }));
      else trouble(error);
    } finally {
      if (mine === generation.current) busy.current = false;
    }
  };
  useEffect(() => {
    void load();
    return () => {
      generation.current += 1;
    };
  }, []);
  return {
    items: state.items,
    status: state.status,
    error: state.error,
    hasMore: state.next !== null && state.items.length < MAX_ROWS,
    more: () => {
      if (state.next !== null) void load(state.next);
    },
    reload: () => {
      setState((old) => ({ ...old, status: 'loading', error: null }));
      void load();
    },
    update: (change) => setState((old) => ({ ...old, items: change(old.items) })),
  };
};
