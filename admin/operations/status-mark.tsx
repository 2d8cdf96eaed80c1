/** How something is: a mark and a word, never colour alone. */
import { Icon } from '../components/icon.tsx';

const ICONS = { ok: 'check', degraded: 'alert', down: 'stop' } as const;

export const StatusMark = ({ status, words }: { status: keyof typeof ICONS; words: string }) => (
  <span class={`status-mark is-${status}`}>
    <Icon name={ICONS[status]} />
    {words}
  </span>
);
