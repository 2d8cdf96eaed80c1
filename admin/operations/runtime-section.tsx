/** Our own parts (Postgres, Redis, search, mailbox) and the runtime's queues in numbers. */
import type { RuntimeNumbers } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import type { MessageKey } from '../i18n/en.ts';
import { number, t, units } from '../i18n/i18n.ts';
import { formatDuration } from '../lib/time.ts';
import type { NamedPart } from './health-parts.ts';
import { StatusMark } from './status-mark.tsx';

const STATUS: Readonly<Record<NamedPart['status'], MessageKey>> = {
  ok: 'opsOk',
  degraded: 'opsDegraded',
  down: 'opsDown',
};

const NAMES: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', redis: 'Redis', qdrant: 'Qdrant' };
const WORDS: Readonly<Record<string, MessageKey>> = { mailbox: 'opsMailbox', channels: 'opsChannels' };

const nameOf = (name: string): string => {
  const words = WORDS[name];
  return words === undefined ? (NAMES[name] ?? name) : t(words);
};

/** `checkedSecondsAgo` is read as `checked seconds ago`. */
const factName = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

export const PartCards = ({ parts }: { parts: readonly NamedPart[] }) => (
  <ul class="ops-parts">
    {parts.map((part) => (
      <li key={part.name} class={`card ops-part is-${part.status}`}>
        <div class="ops-part-head">
          <h3>{nameOf(part.name)}</h3>
          <StatusMark status={part.status} words={t(STATUS[part.status])} />
        </div>
        <dl dir="ltr">
          {part.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{factName(name)}</dt>
              <dd>{typeof value === 'number' ? number(value) : String(value)}</dd>
            </div>
          ))}
        </dl>
      </li>
    ))}
  </ul>
);

/** Domain 23.4: the oldest event that is not applied must not be older. */
const MAILBOX_LIMIT_MS = 120_000;

interface Figure {
  readonly words: MessageKey;
  readonly value: string;
  readonly bad: boolean;
  readonly href?: string;
}

/** Below a second in ms, above it in seconds with one digit. */
const briefly = (ms: number): string =>
  ms < 1000
    ? t('opsMs', { n: number(Math.round(ms * 10) / 10) })
    : t('opsSeconds', { n: number(Math.round(ms / 100) / 10) });

const figuresOf = (numbers: RuntimeNumbers): readonly Figure[] => {
  const of = (name: string): number => numbers[name] ?? 0;
  // The last answers and commits of the replica that is asked; a quiet one has none to tell of.
  const times = (words: MessageKey, prefix: string): Figure => {
    const p50 = numbers[`${prefix}P50Ms`];
    const p95 = numbers[`${prefix}P95Ms`];
    const none = p50 === undefined || p95 === undefined;
    return { words, value: none ? '—' : `${briefly(p50)} / ${briefly(p95)}`, bad: false };
  };
  const plain = (words: MessageKey, name: string): Figure => ({ words, value: number(of(name)), bad: false });
  return [
    {
      words: 'opsMailboxAge',
      value: of('mailboxDepth') === 0 ? '—' : formatDuration(of('mailboxAgeMs'), units()),
      bad: of('mailboxAgeMs') > MAILBOX_LIMIT_MS,
    },
    times('opsReplyTimes', 'reply'),
    times('opsCommitTimes', 'commit'),
    plain('opsMailboxDepth', 'mailboxDepth'),
    plain('opsCommandsWaiting', 'commandsWaiting'),
    plain('opsCommandsRunning', 'commandsRunning'),
    plain('opsTimersArmed', 'timersArmed'),
    {
      words: 'deadLetters',
      value: number(of('parked')),
      bad: of('parked') > 0,
      href: paths.deadLetters,
    },
    plain('opsLive', 'liveConnections'),
    {
      words: 'opsMemory',
      value: `${number(Math.round(of('residentBytes') / (1024 * 1024)))} MB`,
      bad: false,
    },
  ];
};

export const Figures = ({ numbers }: { numbers: RuntimeNumbers }) => (
  <dl class="ops-figures">
    {figuresOf(numbers).map(({ words, value, bad, href }) => (
      <div key={words} class={`ops-figure ${bad ? 'is-bad' : ''}`}>
        <dt>{href === undefined ? t(words) : <a href={href}>{t(words)}</a>}</dt>
        <dd>
          <bdi>{value}</bdi>
        </dd>
      </div>
    ))}
  </dl>
);
