/** The catalog's run, live: one that was started here, by a colleague or by the schedule. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SyncRun } from '../api/types.ts';
import { api, live, messageOf, toast, trouble } from '../app/services.ts';
import { t } from '../i18n/i18n.ts';

const tellEnd = (run: SyncRun): void => {
  const { seen, changed, deactivated } = run;
  if (run.status === 'failed') toast('bad', t('syncFailed', { error: run.error ?? '' }));
  else toast('good', t('syncDone', { seen, changed, deactivated }));
};

/**
 * Follows the topic `catalog`. A run is told to be over once, and only when it was seen running or was started here;
 * `onDone` then reads the list anew.
 */
export const useSync = (onDone: () => void) => {
  const [run, setRun] = useState<SyncRun | null>(null);
  const [starting, setStarting] = useState(false);
  /** The run whose end is waited for. */
  const watched = useRef<string | null>(null);
  /** The newest run whose end was told: the socket and the answer to the start may both know it. */
  const told = useRef<string | null>(null);
  const done = useRef(onDone);
  done.current = onDone;

  const finish = (now: SyncRun): void => {
    if (told.current === now.id) return;
    told.current = now.id;
    tellEnd(now);
    done.current();
  };

  const receive = (now: SyncRun): void => {
    // A newer run has begun before the end of the one that is waited for was told.
    if (watched.current !== null && watched.current !== now.id) ask(watched.current);
    if (now.status === 'running') {
      watched.current = now.id;
      setRun(now);
      return;
    }
    if (watched.current !== now.id) return;
    watched.current = null;
    setRun(null);
    finish(now);
  };

  function ask(id: string): void {
    watched.current = null;
    api.catalog.syncRun(id).then((now) => {
      if (now.status !== 'running') finish(now);
    }, trouble);
  }

  useEffect(
    () =>
      live.subscribe({
        topic: 'catalog',
        onFrame: (frame) => {
          if (frame.type === 'sync') receive(frame.data);
        },
        // After a reconnect the server tells the newest run by itself.
        onGap: () => undefined,
      }),
    [],
  );

  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const { id } = await api.catalog.sync();
      const now = await api.catalog.syncRun(id);
      // A short run may have been told to its end already, before its id was known here.
      watched.current = id;
      receive(now);
    } catch (error) {
      toast('bad', messageOf(error));
    } finally {
      setStarting(false);
    }
  };
  return { run, starting, start: () => void start() };
};
