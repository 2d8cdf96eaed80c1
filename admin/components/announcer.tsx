/** Tells screen readers what changed, politely and not too often; a lost connection interrupts. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { appStore, listStore } from '../app/services.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { peopleNeeded } from '../stores/list-store.ts';

/** One polite message in this time (anchors: not more than one in 5 s). */
export const ANNOUNCE_EVERY_MS = 5000;

/** The newest text, at most once in {@link ANNOUNCE_EVERY_MS}. */
const useThrottled = (text: string): string => {
  const [said, setSaid] = useState('');
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (text === said) return;
    const wait = Math.max(0, last.current + ANNOUNCE_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, said]);
  return said;
};

export const Announcer = () => {
  const needed = useStore(listStore, peopleNeeded);
  const offline = useStore(appStore, (context) => context.live === 'offline');
  const polite = useThrottled(needed === 0 ? '' : t('peopleNeeded', { n: needed }));
  return (
    <div class="visually-hidden">
      <p role="status" aria-live="polite">
        {polite}
      </p>
      <p role="alert" aria-live="assertive">
        {offline ? t('offline') : ''}
      </p>
    </div>
  );
};
