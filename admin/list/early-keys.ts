/** Keys pressed before the list has arrived: kept, and played when it is there, so that who is fast is not ignored. */
import { useEffect, useRef } from 'preact/hooks';
import { listStore } from '../app/services.ts';
import type { ListContext } from '../stores/list-store.ts';

/** More are forgotten: whoever presses so many is not counting rows (G10). */
const MAX_EARLY_KEYS = 20;

/** The first page is on its way and there is nothing to walk on. */
export const isAwaited = (context: ListContext): boolean =>
  context.status === 'loading' && context.shown.length === 0;

/**
 * Returns a function that acts now when there are rows, and otherwise as soon as they have come. A list that fails or
 * comes empty forgets the keys.
 */
export const useEarlyKeys = (): ((act: () => void) => void) => {
  const kept = useRef<(() => void)[]>([]);
  useEffect(() => {
    const { unsubscribe } = listStore.subscribe(({ context }) => {
      if (isAwaited(context) || kept.current.length === 0) return;
      for (const act of kept.current.splice(0)) act();
    });
    return unsubscribe;
  }, []);
  return (act) => {
    if (!isAwaited(listStore.getSnapshot().context)) act();
    else if (kept.current.length < MAX_EARLY_KEYS) kept.current.push(act);
  };
};
