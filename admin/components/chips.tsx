/** Small words with a colour: who speaks, what state, which language. Never colour alone. */
import type { Summary } from '../api/types.ts';
import type { MessageKey } from '../i18n/en.ts';
import { say, t } from '../i18n/i18n.ts';
import { Icon } from './icon.tsx';

const OWNERS: Readonly<Record<Summary['owner'], readonly [icon: string, words: MessageKey]>> = {
  bot: ['bot', 'ownerBot'],
  waiting: ['hand', 'ownerWaiting'],
  manager: ['person', 'ownerManager'],
  nobody: ['mute', 'ownerNobody'],
};

export const OwnerChip = ({ owner, name }: { owner: Summary['owner']; name: string | null }) => {
  const [icon, words] = OWNERS[owner];
  return (
    <span class={`chip chip-owner is-${owner}`}>
      <Icon name={icon} />
      <span class="chip-text">{owner === 'manager' && name !== null ? <bdi>{name}</bdi> : t(words)}</span>
    </span>
  );
};

export const StateChip = ({ label, owner }: { label: string; owner: Summary['owner'] }) => (
  <span class={`chip chip-state is-${owner}`}>
    <span class="chip-text" dir="auto">
      {say(label)}
    </span>
  </span>
);

export const LanguageTag = ({ language }: { language: Summary['language'] }) => (
  <span class="language-tag" title={language === 'ar' ? t('arabic') : t('english')}>
    {language === 'ar' ? 'AR' : 'EN'}
  </span>
);

/** Initials on a tint that stays with the person. */
export const Avatar = ({ name, id, owner }: { name: string | null; id: string; owner: Summary['owner'] }) => {
  const letters = (name ?? '')
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? '')
    .join('');
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return (
    <span class={`avatar tint-${sum % 6} is-${owner}`} aria-hidden="true">
      {letters === '' ? <Icon name="person" /> : letters.toUpperCase()}
    </span>
  );
};
