/** Binds an @xstate/store store to a component: it renders again only when what it selected has changed. */
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

interface Readable<C> {
  readonly getSnapshot: () => { readonly context: C };
  readonly subscribe: (listener: () => void) => { readonly unsubscribe: () => void };
}

/** Equal when both hold the same members in the same order; for selectors that build small arrays. */
export const sameMembers = <T>(left: readonly T[], right: readonly T[]): boolean =>
  left.length === right.length && left.every((item, index) => Object.is(item, right[index]));

/** @param same decides whether a new selection is worth a render; identity by default */
export const useStore = <C, T>(
  store: Readable<C>,
  select: (context: C) => T,
  same: (left: T, right: T) => boolean = Object.is,
): T => {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const selected = select(store.getSnapshot().context);
  const latest = useRef({ select, selected, same });
  latest.current = { select, selected, same };
  useLayoutEffect(() => {
    const check = (): void => {
      const shown = latest.current;
      const next = shown.select(store.getSnapshot().context);
      if (!shown.same(shown.selected, next)) rerender(undefined as never);
    };
    check();
    const subscription = store.subscribe(check);
    return () => subscription.unsubscribe();
  }, [store]);
  return selected;
};
