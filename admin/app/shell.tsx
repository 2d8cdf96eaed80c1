/** The frame: the rail of sections, the banner of a lost connection, the keys that work everywhere. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { peopleNeeded } from '../stores/list-store.ts';
import { KeySheet } from './key-sheet.tsx';
import { paths } from './paths.ts';
import { appStore, listStore, live } from './services.ts';
import { SettingsMenu } from './settings-menu.tsx';
import { useShortcuts } from './shortcuts.ts';

interface Section {
  readonly path: string;
  readonly icon: string;
  readonly label: MessageKey;
  /** On the rail, where there is room for one short word. */
  readonly short?: MessageKey;
  /** Pressed after `g`. */
  readonly key: string;
}

const SECTIONS: readonly Section[] = [
  { path: paths.conversations, icon: 'chats', label: 'conversations', short: 'chats', key: 'c' },
  { path: paths.products, icon: 'box', label: 'products', key: 'p' },
  { path: paths.knowledge, icon: 'book', label: 'knowledge', key: 'k' },
  { path: paths.deadLetters, icon: 'parked', label: 'deadLetters', key: 'd' },
  { path: paths.operations, icon: 'gauge', label: 'operations', short: 'opsShort', key: 'o' },
];

const PHONES: Section = { path: paths.phones, icon: 'phone', label: 'phones', key: 's' };

export const useSections = (): readonly Section[] => {
  const sandbox = useStore(appStore, (context) => context.session?.sandbox === true);
  return sandbox ? [...SECTIONS, PHONES] : SECTIONS;
};

const RailLink = ({ section, current }: { section: Section; current: boolean }) => {
  const needed = useStore(listStore, peopleNeeded);
  const badge = section.path === paths.conversations && needed > 0;
  return (
    <a class="rail-link" href={section.path} aria-current={current ? 'page' : undefined}>
      <span class="rail-icon">
        <Icon name={section.icon} />
        {badge ? (
          <span class="rail-badge" title={t('peopleNeeded', { n: needed })}>
            {needed}
          </span>
        ) : null}
      </span>
      <span class="rail-label">{t(section.short ?? section.label)}</span>
    </a>
  );
};

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
  const sandbox = useStore(appStore, (context) => context.session?.sandbox === true);
  useTitle(current);
  useShortcuts({
    ...Object.fromEntries(
      sections.map((section) => [`KeyG Key${section.key.toUpperCase()}`, () => route(section.path)]),
    ),
    'Shift+Slash': () => appStore.trigger.sheetShown({ sheet: 'keys' }),
  });
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      <nav class="rail" aria-label={t('nav')}>
        <a class="rail-mark" href={paths.conversations} aria-label={t('app')}>
          <Icon name="jar" />
        </a>
        <div class="rail-links">
          {sections.map((section) => (
            <RailLink key={section.path} section={section} current={section === current} />
          ))}
        </div>
        <div class="rail-foot">
          {sandbox ? (
            <span class="rail-sandbox" title={t('sandboxHint')}>
              {t('sandbox')}
            </span>
          ) : null}
          <SettingsMenu />
        </div>
      </nav>
      <div class="stage">
        <OfflineBanner />
        <main id="content" class="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      {sheet === 'keys' ? <KeySheet sections={sections} /> : null}
    </div>
  );
};
