/** Who is signed in, the theme, the language, the way out: a popover of the platform's own. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { currentLocale, LOCALE_NAMES, LOCALES, type Locale, t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { PasswordDialog } from './password-dialog.tsx';
import { setLocale, setTheme, THEMES, type Theme, themeStore } from './preferences.ts';
import { appStore, signOut, trouble } from './services.ts';

const THEME_WORDS: Readonly<Record<Theme, readonly [icon: string, words: MessageKey]>> = {
  system: ['globe', 'themeSystem'],
  light: ['sun', 'themeLight'],
  dark: ['moon', 'themeDark'],
};

const ThemeChoice = () => {
  const chosen = useStore(themeStore, (context) => context.theme);
  return (
    <fieldset class="segments">
      <legend>{t('theme')}</legend>
      {THEMES.map((theme) => (
        <label key={theme} class="segment">
          <input type="radio" name="theme" checked={theme === chosen} onChange={() => setTheme(theme)} />
          <span>{t(THEME_WORDS[theme][1])}</span>
        </label>
      ))}
    </fieldset>
  );
};

/** A new language is a new tree (see App), which would shut the menu and lose the focus: the next one takes both up. */
let languageChosenHere = false;

const chooseHere = (locale: Locale): void => {
  languageChosenHere = true;
  setLocale(locale).catch((error: unknown) => {
    languageChosenHere = false;
    trouble(error);
  });
};

const LanguageChoice = () => (
  <fieldset class="segments">
    <legend>{t('language')}</legend>
    {LOCALES.map((locale) => (
      <label key={locale} class="segment">
        <input
          type="radio"
          name="locale"
          checked={locale === currentLocale()}
          onChange={() => chooseHere(locale)}
        />
        <span lang={locale}>{LOCALE_NAMES[locale]}</span>
      </label>
    ))}
  </fieldset>
);

export const SettingsMenu = () => {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [setting, setSetting] = useState(false);
  const session = useStore(appStore, (context) => context.session);
  const hide = (): void => panel.current?.hidePopover();
  useLayoutEffect(() => {
    if (!languageChosenHere) return;
    languageChosenHere = false;
    panel.current?.showPopover();
    panel.current?.querySelector<HTMLInputElement>('input[name="locale"]:checked')?.focus();
  }, []);
  return (
    <>
      <button type="button" class="rail-me" popoverTarget={id} aria-label={t('settings')}>
        <span class="me-mark">{(session?.name ?? '?').slice(0, 1).toUpperCase()}</span>
      </button>
      <div id={id} ref={panel} class="menu" popover="auto">
        <div class="menu-who">
          <strong dir="auto">{session?.name}</strong>
          <bdi>{session?.email}</bdi>
        </div>
        <ThemeChoice />
        <LanguageChoice />
        <button
          type="button"
          class="menu-item"
          onClick={() => {
            hide();
            appStore.trigger.sheetShown({ sheet: 'keys' });
          }}
        >
          <Icon name="keyboard" />
          {t('shortcuts')}
          <kbd>?</kbd>
        </button>
        <button
          type="button"
          class="menu-item"
          onClick={() => {
            hide();
            setSetting(true);
          }}
        >
          <Icon name="edit" />
          {t('passwordTitle')}
        </button>
        <button type="button" class="menu-item" onClick={() => void signOut()}>
          <Icon name="leave" directed />
          {t('signOut')}
        </button>
        <p class="menu-version">{t('version', { version: session?.version ?? '' })}</p>
      </div>
      {setting ? <PasswordDialog onClose={() => setSetting(false)} /> : null}
    </>
  );
};
