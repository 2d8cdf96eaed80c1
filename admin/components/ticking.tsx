/** Times that move: rendered again only when their words change. */
import { t, units } from '../i18n/i18n.ts';
import { clockStore } from '../lib/clock.ts';
import { formatCountdown, formatDuration } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';

/** How long ago: `4 min`. */
export const Since = ({ at }: { at: string }) => {
  const words = useStore(clockStore, ({ now }) => formatDuration(now - Date.parse(at), units()));
  return <time dateTime={at}>{words}</time>;
};

/** How long until: `in 3 min 7 s`, then `due now`. */
export const Until = ({ at }: { at: string }) => {
  const words = useStore(clockStore, ({ now }) => {
    const left = Date.parse(at) - now;
    return left <= 0 ? t('dueNow') : t('inTime', { time: formatCountdown(left, units()) });
  });
  return <time dateTime={at}>{words}</time>;
};

/** How long until, roughly: `in 2 h`, then `due now`. */
export const Within = ({ at }: { at: string }) => {
  const words = useStore(clockStore, ({ now }) => {
    const left = Date.parse(at) - now;
    return left <= 0 ? t('dueNow') : t('inTime', { time: formatDuration(left, units()) });
  });
  return <time dateTime={at}>{words}</time>;
};

/** Is the moment still to come? */
export const useAhead = (at: string | null): boolean =>
  useStore(clockStore, ({ now }) => at !== null && Date.parse(at) > now);

const SOON_MS = 2 * 60 * 60_000;

/** WhatsApp's 24-hour window as a countdown; red words when it is shut, amber when it soon will be. */
export const WindowLeft = ({ closesAt }: { closesAt: string | null }) => {
  const open = useAhead(closesAt);
  const soon = useStore(clockStore, ({ now }) => closesAt !== null && Date.parse(closesAt) - now < SOON_MS);
  const words = useStore(clockStore, ({ now }) =>
    closesAt === null ? '' : t('windowOpen', { time: formatDuration(Date.parse(closesAt) - now, units()) }),
  );
  const state = open ? (soon ? 'is-soon' : 'is-open') : 'is-shut';
  // A personal channel has no window: the API says the end of time.
  if (closesAt?.startsWith('9999-')) return null;
  return (
    <span class={`window-left ${state}`} title={t('windowTitle')}>
      {open ? words : t('windowClosed')}
    </span>
  );
};
