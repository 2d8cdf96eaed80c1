/** Tabs, search and filters above the list. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { list, listStore } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { number, t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { type Filter, STAGES, type Stage, TABS, type Tab } from '../stores/list-order.ts';

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

const STAGE_WORDS: Readonly<Record<Stage, MessageKey>> = {
  exploring: 'saleExploring',
  selecting: 'saleSelecting',
  detailing: 'saleDetailing',
  quoting: 'saleQuoting',
  quoted: 'saleQuoted',
  negotiating: 'saleNegotiating',
  accepted: 'saleAccepted',
  paid: 'salePaid',
  delivered: 'saleDelivered',
  lost: 'saleLost',
};

const STAGE_CHOICES: readonly (readonly [Filter['stage'], MessageKey])[] = [
  ['any', 'anyStage'],
  ...STAGES.map((stage) => [stage, STAGE_WORDS[stage]] as const),
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

interface ChoiceProps<T extends string> {
  readonly words: string;
  readonly value: T;
  readonly choices: readonly (readonly [value: T, words: MessageKey])[];
  readonly onChoose: (value: T) => void;
}

const Choice = <T extends string>({ words, value, choices, onChoose }: ChoiceProps<T>) => (
  <label class="select">
    <span class="visually-hidden">{words}</span>
    <select
      value={value}
      onChange={(event) => {
        const chosen = choices.find(([one]) => one === event.currentTarget.value);
        if (chosen) onChoose(chosen[0]);
      }}
    >
      {choices.map(([one, key]) => (
        <option key={one} value={one}>
          {t(key)}
        </option>
      ))}
    </select>
    <Icon name="down" />
  </label>
);

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
        <Choice
          words={t('stage')}
          value={filter.stage}
          choices={STAGE_CHOICES}
          onChoose={(stage) => change({ stage })}
        />
        <Choice
          words={t('language')}
          value={filter.language}
          choices={LANGUAGES}
          onChoose={(language) => change({ language })}
        />
      </div>
    </div>
  );
};
