/** Something that is asked again and again while the page is looked at; the last answer stays through a failure. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';

export interface Polled<T> {
  readonly data: T | null;
  /** Of the newest attempt. */
  readonly error: ApiError | null;
  readonly reload: () => void;
}

/** @param everyMs pause between an answer and the next question; no question while the tab is hidden */
export const usePolled = <T>(ask: () => Promise<T>, everyMs: number): Polled<T> => {
  const [state, setState] = useState<Omit<Polled<T>, 'reload'>>({ data: null, error: null });
  const reload = useRef<() => void>(() => {});
  useEffect(() => {
    let stopped = false;
    let timer = 0;
    const look = async (): Promise<void> => {
      window.clearTimeout(timer);
      if (document.hidden) return;
      try {
        const data = await ask();
        if (!stopped) setState({ data, error: null });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!stopped) setState((old) => ({ ...old, error }));
      } finally {
        if (!stopped) timer = window.setTimeout(() => void look(), everyMs);
      }
    };
    const onVisible = (): void => {
      if (!document.hidden) void look();
    };
    reload.current = () => void look();
    document.addEventListener('visibilitychange', onVisible);
    void look();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  return { ...state, reload: () => reload.current() };
};
