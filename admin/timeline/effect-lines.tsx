/** Commands and model calls in one line each: how often tried, how long, what it cost, why it failed. */
import type { Effects } from '../api/types.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { number, say, t, units } from '../i18n/i18n.ts';
import { formatSpan } from '../lib/time.ts';

type Command = Effects['commands'][number];
type Call = Effects['calls'][number];

const STATUS: Readonly<Record<Command['status'], readonly [icon: string, words: MessageKey]>> = {
  pending: ['clock', 'commandPending'],
  running: ['live', 'commandRunning'],
  done: ['check', 'commandDone'],
  failed: ['alert', 'commandFailed'],
  cancelled: ['close', 'commandCancelled'],
  parked: ['parked', 'commandParked'],
};

/** From the first attempt to the end, ms; null while it waits or runs. */
export const tookMs = ({
  startedAt,
  finishedAt,
}: Pick<Command, 'startedAt' | 'finishedAt'>): number | null =>
  startedAt === null || finishedAt === null
    ? null
    : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));

export const CommandLine = ({ command }: { command: Command }) => {
  const [icon, words] = STATUS[command.status];
  const took = tookMs(command);
  return (
    <li class={`effect-line is-${command.status}`}>
      <Icon name={icon} class="effect-mark" />
      <span class="effect-name" dir="auto" title={command.id}>
        {say(command.label)}
      </span>
      <span class="effect-facts">
        {t(words)}
        {took === null ? '' : ` · ${formatSpan(took, units())}`}
        {command.attempts > 1 ? ` · ${t('commandAttempts', { n: command.attempts })}` : ''}
      </span>
      {command.error === null ? null : (
        <span class="effect-error" dir="auto">
          {command.error}
        </span>
      )}
    </li>
  );
};

export const CallLine = ({ call }: { call: Call }) => (
  <li class={`effect-line is-call is-${call.outcome}`}>
    <Icon name="bot" class="effect-mark" />
    <span class="effect-name">
      <bdi>{call.model ?? t('callNoModel')}</bdi>
    </span>
    <span class="effect-facts">
      {t('callTokens', {
        prompt: number(call.promptTokens),
        cached: number(call.cachedTokens),
        completion: number(call.completionTokens),
      })}
      {call.costUsd === null ? '' : ` · $${call.costUsd}`}
      {call.durationMs === null ? '' : ` · ${formatSpan(call.durationMs, units())}`}
      {call.finishReason === null ? '' : ` · ${call.finishReason}`}
    </span>
    {call.promptVersions.length === 0 ? null : (
      <span class="effect-prompts">{t('callPrompts', { prompts: call.promptVersions.join(', ') })}</span>
    )}
    {call.errorClass === null ? null : <span class="effect-error">{call.errorClass}</span>}
  </li>
);
