/** Theme and language, remembered on this device. */
import { createStore } from '@xstate/store';
import { chooseLocale, directionOf, isLocale, type Locale } from '../i18n/i18n.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const initial: { theme: Theme } = { theme: 'system' };

export const themeStore = createStore({
  context: initial,
  on: { chosen: (_context, event: { theme: Theme }) => ({ theme: event.theme }) },
});

const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
    return null;
  }
};

const remember = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above: nothing else depends on it.
  }
};

export const setTheme = (theme: Theme): void => {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember('treejar.theme', theme === 'system' ? null : theme);
  themeStore.trigger.chosen({ theme });
};

export const setLocale = async (locale: Locale): Promise<void> => {
  await chooseLocale(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
  remember('treejar.locale', locale);
};

/** Applies what was chosen before; without a choice the browser's language decides among ours. */
export const restorePreferences = async (): Promise<void> => {
  const theme = recall('treejar.theme');
  setTheme(theme === 'light' || theme === 'dark' ? theme : 'system');
  const chosen = recall('treejar.locale') ?? navigator.language.slice(0, 2);
  const locale = isLocale(chosen) ? chosen : 'en';
  await chooseLocale(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
};
