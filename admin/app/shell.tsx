/** The frame: the rail of sections, the banner of a lost connection, the keys that work everywhere. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { useLocation } from 'preact-iso/router';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { peopleNeeded } from '../stores/list-store.ts';
import { KeySheet } from './key-sheet.tsx';
import { Rail } from './rail.tsx';
import { type Section, useSections } from './sections.ts';
import { appStore, listStore, live, trouble } from './services.ts';
import { useAlways, useShortcuts } from './shortcuts.ts';

const Palette = lazy(() => import('./palette.tsx').then((module) => module.Palette));

const OfflineBanner = () => {
  const offline = useStore(appStore, (context) => context.live === 'offline');
  if (!offline) return null;
  return (
    <div class="offline-banner">
      <Icon name="alert" />
      <span>{t('offline')}</span>
      <button type="button" class="link-button" onClick={live.wake}>
        {t('offlineNow')}
      </button>
    </div>
  );
};

/** The tab's title counts those who need a person: the tab is the pager. */
const useTitle = (section: Section | undefined): void => {
  const needed = useStore(listStore, peopleNeeded);
  const words = section === undefined ? t('app') : `${t(section.label)} · ${t('app')}`;
  useEffect(() => {
    document.title = needed > 0 ? `(${needed}) ${words}` : words;
  }, [needed, words]);
};

export const Shell = ({ children }: { children: ComponentChildren }) => {
  const { path, route } = useLocation();
  const sections = useSections();
  const current = sections.find((section) => path.startsWith(section.path)) ?? sections[0];
  const sheet = useStore(appStore, (context) => context.sheet);
  useTitle(current);
  useShortcuts({
    ...Object.fromEntries(
      sections.map((section) => [`KeyG Key${section.key.toUpperCase()}`, () => route(section.path)]),
    ),
    'Shift+Slash': () => appStore.trigger.sheetShown({ sheet: 'keys' }),
  });
  useAlways('$mod+KeyK', () => appStore.trigger.sheetShown({ sheet: 'palette' }));
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      <Rail sections={sections} current={current} />
      <div class="stage">
        <OfflineBanner />
        <main id="content" class="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      {sheet === 'keys' ? <KeySheet sections={sections} /> : null}
      {sheet === 'palette' ? (
        <ErrorBoundary onError={trouble}>
          <Palette sections={sections} />
        </ErrorBoundary>
      ) : null}
    </div>
  );
};
