/** Chooses the words: a small typed catalogue per language; English is always there, the others load on demand. */
import { createStore } from '@xstate/store';
import type { DurationUnits } from '../lib/time.ts';
import { type Catalogue, en, type MessageKey } from './en.ts';

export const LOCALES = ['en', 'ar', 'ru'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', ar: 'العربية', ru: 'Русский' };

/** For dates and plurals. Gulf business writing uses Western digits, and so do prices and phones beside them. */
const INTL_TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', ar: 'ar-AE-u-nu-latn', ru: 'ru-RU' };

/** English words of the statechart, which is written in English, to those of the language. */
type Said = Readonly<Record<string, string>>;

interface Words {
  readonly catalogue: Catalogue;
  readonly said: Said;
}

const LOADERS: Readonly<Record<Locale, () => Promise<Words>>> = {
  en: async () => ({ catalogue: en, said: {} }),
  ar: async () => {
    const [{ ar }, { saidAr }, { describedAr }, { rulesAr }] = await Promise.all([
      import('./ar.ts'),
      import('./said.ar.ts'),
      import('./described.ar.ts'),
      import('./rules.ar.ts'),
    ]);
    return { catalogue: ar, said: { ...rulesAr, ...describedAr, ...saidAr } };
  },
  ru: async () => {
    const [{ ru }, { saidRu }, { describedRu }, { rulesRu }] = await Promise.all([
      import('./ru.ts'),
      import('./said.ru.ts'),
      import('./described.ru.ts'),
      import('./rules.ru.ts'),
    ]);
    return { catalogue: ru, said: { ...rulesRu, ...describedRu, ...saidRu } };
  },
};

const initial: { locale: Locale } & Words = { locale: 'en', catalogue: en, said: {} };

export const localeStore = createStore({
  context: initial,
  on: {
    chosen: (_context, event: { locale: Locale } & Words) => ({
      locale: event.locale,
      catalogue: event.catalogue,
      said: event.said,
    }),
  },
});

export const currentLocale = (): Locale => localeStore.getSnapshot().context.locale;
export const intlTag = (): string => INTL_TAGS[currentLocale()];
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');
export const isLocale = (text: string | null): text is Locale => LOCALES.some((locale) => locale === text);

/** Loads the language and switches to it. */
export const chooseLocale = async (locale: Locale): Promise<void> => {
  const words = await LOADERS[locale]();
  localeStore.trigger.chosen({ locale, ...words });
};

/** Building an Intl format costs more than using it a hundred times. */
const onceATag = <T>(make: (tag: string) => T): ((tag: string) => T) => {
  const made = new Map<string, T>();
  return (tag) => {
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
};
const pluralsOf = onceATag((tag) => new Intl.PluralRules(tag));
const numbersOf = onceATag((tag) => new Intl.NumberFormat(tag));

export type Params = Readonly<Record<string, string | number>>;

/** Fills one entry of a catalogue; exported for the test of the catalogues. */
export const fill = (catalogue: Catalogue, tag: string, key: MessageKey, params: Params): string => {
  const entry = catalogue[key];
  let text: string;
  if (typeof entry === 'string') text = entry;
  else {
    const form = pluralsOf(tag).select(Number(params.n ?? 0));
    text = entry[form] ?? entry.other;
  }
  if (!text.includes('{')) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
};

/** The words for a key in the language chosen. */
export const t = (key: MessageKey, params: Params = {}): string =>
  fill(localeStore.getSnapshot().context.catalogue, intlTag(), key, params);

/** What a row that changed nothing ends with (runtime/conversations/labels.ts). */
const NO_EFFECT = ' (no effect)';

/** The statechart's own words (a state, an event, a command, a timer) in the language chosen; unknown ones stay. */
export const say = (english: string): string => {
  const { said } = localeStore.getSnapshot().context;
  const [words, end] = english.endsWith(NO_EFFECT)
    ? [english.slice(0, -NO_EFFECT.length), ` (${t('noEffect')})`]
    : [english, ''];
  return (said[words] ?? words) + end;
};

export const units = (): DurationUnits => ({
  ms: t('unitMs'),
  s: t('unitS'),
  min: t('unitMin'),
  h: t('unitH'),
  d: t('unitD'),
});

/** `1,234` or `1 234`, by the language. */
export const number = (value: number): string => numbersOf(intlTag()).format(value);

/** `this, that, those` with the commas of the page's language. */
export const listOf = (words: readonly string[]): string =>
  new Intl.ListFormat(intlTag(), { type: 'unit' }).format(words);
