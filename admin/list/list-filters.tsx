/** Tabs, search and filters above the list. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { list, listStore } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { number, t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { type Filter, TABS, type Tab } from '../stores/list-order.ts';

export const TAB_WORDS: Readonly<Record<Tab, MessageKey>> = {
  all: 'tabAll',
  needs: 'tabNeeds',
  bot: 'tabBot',
  customer: 'tabCustomer',
  stuck: 'tabStuck',
};

const LANGUAGES: readonly (readonly [Filter['language'], MessageKey])[] = [
  ['any', 'anyLanguage'],
  ['en', 'english'],
  ['ar', 'arabic'],
];

/** A pause in typing of this length asks the server; the rows at hand are filtered at once. */
const SEARCH_PAUSE_MS = 180;

const change = (part: Partial<Filter>): void =>
  list.show({ ...listStore.getSnapshot().context.filter, ...part });

const TabButton = ({ tab, chosen }: { tab: Tab; chosen: boolean }) => {
  const count = useStore(listStore, ({ counts }) => counts?.[tab] ?? 0);
  const max = useStore(listStore, ({ counts }) => counts?.max ?? 0);
  return (
    <button type="button" class={`tab is-${tab}`} aria-pressed={chosen} onClick={() => change({ tab })}>
      {t(TAB_WORDS[tab])}
      {count === 0 ? null : (
        <span class="tab-count">
          <bdi>{count < max ? number(count) : `${number(count)}+`}</bdi>
        </span>
      )}
    </button>
  );
};

const SearchField = ({ input }: { input: RefObject<HTMLInputElement | null> }) => {
  const q = useStore(listStore, (context) => context.filter.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change({ q: text.trim().toLowerCase() }), SEARCH_PAUSE_MS);
  };
  return (
    <label class="search">
      <Icon name="search" />
      <span class="visually-hidden">{t('searchConversations')}</span>
      <input
        ref={input}
        type="search"
        dir="auto"
        placeholder={t('searchConversations')}
        defaultValue={q}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
};

export const ListFilters = ({
  input,
  compact,
}: {
  input: RefObject<HTMLInputElement | null>;
  compact: boolean;
}) => {
  const filter = useStore(listStore, (context) => context.filter);
  return (
    <div class={`list-filters ${compact ? 'is-compact' : ''}`}>
      <fieldset class="tabs" aria-label={t('conversations')}>
        {TABS.map((tab) => (
          <TabButton key={tab} tab={tab} chosen={tab === filter.tab} />
        ))}
      </fieldset>
      <div class="list-search">
        <SearchField input={input} />
        <label class="select">
          <span class="visually-hidden">{t('language')}</span>
          <select
            value={filter.language}
            onChange={(event) => {
              const chosen = LANGUAGES.find(([language]) => language === event.currentTarget.value);
              if (chosen) change({ language: chosen[0] });
            }}
          >
            {LANGUAGES.map(([language, words]) => (
              <option key={language} value={language}>
                {t(words)}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </label>
      </div>
    </div>
  );
};
