/** The words of a setting: ours where there are some, the path itself otherwise. */
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { settingsEn } from '../i18n/settings.en.ts';
import { settingsNamesEn } from '../i18n/settings-names.en.ts';
import { wordsOf } from './fields.ts';

const WORDS = { ...settingsEn, ...settingsNamesEn };

const isKnown = (key: string): key is keyof typeof WORDS & MessageKey => Object.hasOwn(WORDS, key);

export const labelOf = (path: string): string => {
  const key = `set_${path.replaceAll('.', '_')}`;
  return isKnown(key) ? t(key) : wordsOf(path) || path;
};

export const groupLabelOf = (name: string): string => {
  const key = `setGroup_${name}`;
  return isKnown(key) ? t(key) : name;
};
