/** Go anywhere by typing: sections, conversations and acts in one field (Mod+K). */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Summary } from '../api/types.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { LOCALE_NAMES, LOCALES, say, t } from '../i18n/i18n.ts';
import { matchesQuery } from '../stores/list-order.ts';
import '../styles/palette.css';
import { type Choice, choose } from './palette-choices.ts';
import { paths } from './paths.ts';
import { setLocale, setTheme } from './preferences.ts';
import type { Section } from './sections.ts';
import { api, appStore, listStore, signOut, trouble } from './services.ts';

/** A pause in typing of this length asks the server for conversations that are not at hand. */
const SEARCH_PAUSE_MS = 180;
/** Conversations shown; more are found by typing more. */
const MAX_PEOPLE = 8;

const acts = (): readonly Choice[] => [
  {
    id: 'keys',
    icon: 'keyboard',
    words: t('shortcuts'),
    run: () => appStore.trigger.sheetShown({ sheet: 'keys' }),
  },
  { id: 'light', icon: 'sun', words: `${t('theme')}: ${t('themeLight')}`, run: () => setTheme('light') },
  { id: 'dark', icon: 'moon', words: `${t('theme')}: ${t('themeDark')}`, run: () => setTheme('dark') },
  ...LOCALES.map((locale) => ({
    id: `locale-${locale}`,
    icon: 'globe',
    words: `${t('language')}: ${LOCALE_NAMES[locale]}`,
    run: () => void setLocale(locale).catch(trouble),
  })),
  { id: 'leave', icon: 'leave', words: t('signOut'), run: () => void signOut() },
];

/** What the list knows at once, and what only the server knows a moment later. */
const usePeople = (q: string): readonly Summary[] => {
  const [found, setFound] = useState<readonly Summary[]>([]);
  useEffect(() => {
    if (q === '') {
      setFound([]);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      api.conversations.list({ q }).then((page) => {
        if (wanted) setFound(page.items);
      }, trouble);
    }, SEARCH_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  if (q === '') return [];
  const known = [...listStore.getSnapshot().context.byId.values()].filter((item) => matchesQuery(q, item));
  return [...new Map([...known, ...found].map((item) => [item.id, item])).values()].slice(0, MAX_PEOPLE);
};

const useChoices = (q: string, sections: readonly Section[]): readonly Choice[] => {
  const { route } = useLocation();
  const people = usePeople(q);
  const fixed = useMemo(
    (): readonly Choice[] => [
      ...sections.map((section) => ({
        id: section.path,
        icon: section.icon,
        words: t(section.label),
        keys: ['G', section.key.toUpperCase()],
        run: () => route(section.path),
      })),
      ...acts(),
    ],
    [sections.length],
  );
  return choose(q, fixed, [
    ...people.map((item) => ({
      id: item.id,
      icon: 'person',
      words: item.name ?? item.phone ?? item.chatId,
      hint: say(item.stateLabel),
      run: () => route(paths.conversation(item.id)),
    })),
  ]);
};

export const Palette = ({ sections }: { sections: readonly Section[] }) => {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const choices = useChoices(text.trim().toLowerCase(), sections);
  const chosen = Math.min(at, Math.max(0, choices.length - 1));
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const close = (): void => appStore.trigger.sheetShown({ sheet: null });
  const run = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    close();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, choices.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + choices.length) % Math.max(1, choices.length));
    else if (event.key === 'Enter') run(choices[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('palette')} onClose={close}>
      <label class="search is-palette">
        <Icon name="search" />
        <span class="visually-hidden">{t('paletteHint')}</span>
        <input
          ref={field}
          dir="auto"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={choices.length === 0 ? undefined : `${listId}-${chosen}`}
          placeholder={t('paletteHint')}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div id={listId} class="palette" role="listbox" aria-label={t('palette')}>
        {choices.map((choice, index) => (
          // The field keeps the focus and moves among these by its arrows, as a combobox does.
          <div
            key={choice.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            class="palette-item"
            aria-selected={index === chosen}
            onPointerMove={() => setAt(index)}
            onClick={() => run(choice)}
            onKeyDown={onKeyDown}
          >
            <Icon name={choice.icon} />
            <bdi>{choice.words}</bdi>
            {choice.hint === undefined ? null : <span class="palette-hint">{choice.hint}</span>}
            {choice.keys === undefined ? null : (
              <span class="palette-keys">
                {choice.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </span>
            )}
          </div>
        ))}
      </div>
      {choices.length === 0 ? <p class="quiet-note">{t('nothingFound')}</p> : null}
    </Dialog>
  );
};
