/** A step opened: guards and their answers, what changed, what was set off, and the raw record. */
import type { ComponentChildren } from 'preact';
import type { Change, Effects, Journal } from '../api/types.ts';
import { trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { intlTag, say, t } from '../i18n/i18n.ts';
import { momentOf } from '../lib/time.ts';
import { CallLine, CommandLine } from './effect-lines.tsx';
import { useEffects } from './use-effects.ts';

/** Longer values are cut in the diff; the raw record has them whole. */
const MAX_VALUE_CHARS = 240;

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'undefined');
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text;
};

/** `/context/slots/email` is read as `slots › email`. */
const readPath = (path: string): string =>
  path
    .split('/')
    .slice(1)
    .filter((part, index) => !(index === 0 && part === 'context'))
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');

const Part = ({ icon, title, children }: { icon: string; title: string; children: ComponentChildren }) => (
  <section class="detail-part">
    <h3>
      <Icon name={icon} />
      {title}
    </h3>
    {children}
  </section>
);

const Guards = ({ row }: { row: Journal }) =>
  row.guards.length === 0 ? null : (
    <Part icon="guard" title={t('guardsTried')}>
      <ul class="guards" dir="ltr">
        {row.guards.map((guard, index) => (
          <li key={`${guard.guard}${index}`} class={guard.result ? 'is-held' : 'is-refused'}>
            <Icon name={guard.result ? 'check' : 'close'} />
            <code>{guard.guard}</code>
            {guard.params === undefined ? null : <code class="guard-params">{shown(guard.params)}</code>}
            <span class="guard-result">{guard.result ? t('held') : t('refused')}</span>
          </li>
        ))}
      </ul>
    </Part>
  );

const OPS = { add: 'added', replace: 'changed', remove: 'removed' } as const;

const DiffLine = ({ change }: { change: Change }) => (
  <li class={`diff-line is-${change.op}`}>
    <code class="diff-path" title={`${t(OPS[change.op])}: ${change.path}`}>
      {readPath(change.path)}
    </code>
    <span class="diff-values">
      {change.op === 'add' ? null : (
        <del>
          <bdi>{shown(change.old)}</bdi>
        </del>
      )}
      {change.op === 'remove' ? null : (
        <ins>
          <bdi>{shown(change.value)}</bdi>
        </ins>
      )}
    </span>
  </li>
);

const Diff = ({ row }: { row: Journal }) =>
  row.contextDiff.length === 0 ? null : (
    <Part icon="diff" title={t('contextDiff')}>
      <ul class="diff" dir="ltr">
        {row.contextDiff.map((change, index) => (
          <DiffLine key={`${change.path}${index}`} change={change} />
        ))}
      </ul>
    </Part>
  );

/** Commands that the step stopped have no line of their own below. */
const Stopped = ({ row }: { row: Journal }) =>
  row.commands
    .filter(({ op }) => op === 'stop')
    .map((command) => (
      <li key={command.id} class="effect-line is-cancelled">
        <Icon name="stop" class="effect-mark" />
        <span class="effect-name" dir="auto" title={command.id}>
          {say(command.label)}
        </span>
        <span class="effect-facts">{t('opStop')}</span>
      </li>
    ));

/** The names are in the row; how it went comes from the server, and only what retention has kept. */
const Commands = ({ row, effects }: { row: Journal; effects: Effects | null }) => {
  const started = row.commands.filter(({ op }) => op !== 'stop');
  if (row.commands.length === 0) return null;
  return (
    <Part icon="tool" title={t('commands')}>
      <ul class="effect-list">
        {started.map((command) => {
          const known = effects?.commands.find(({ id }) => id === command.id);
          return known === undefined ? (
            <li key={command.id} class="effect-line">
              <Icon name="tool" class="effect-mark" />
              <span class="effect-name" dir="auto" title={command.id}>
                {say(command.label)}
              </span>
              <span class="effect-facts">{effects === null ? '' : t('commandGone')}</span>
            </li>
          ) : (
            <CommandLine key={command.id} command={known} />
          );
        })}
        <Stopped row={row} />
      </ul>
    </Part>
  );
};

/** Of a step that took a result: what had been running, and the model's calls behind it. */
const Behind = ({ row, effects }: { row: Journal; effects: Effects | null }) => {
  const ended = effects?.commands.filter(({ endedBy }) => endedBy === row.seq) ?? [];
  const calls = effects?.calls ?? [];
  if (ended.length === 0 && calls.length === 0) return null;
  return (
    <Part icon="return" title={t('behindStep')}>
      <ul class="effect-list">
        {ended.map((command) => (
          <CommandLine key={command.id} command={command} />
        ))}
        {calls.map((call) => (
          <CallLine key={call.id} call={call} />
        ))}
      </ul>
    </Part>
  );
};

const Timers = ({ row }: { row: Journal }) =>
  row.timers.length === 0 ? null : (
    <Part icon="clock" title={t('timers')}>
      <ul class="detail-list">
        {row.timers.map((timer) => (
          <li key={timer.id + timer.op}>
            <span dir="auto">{say(timer.label)}</span>
            {timer.at === null ? null : <time dateTime={timer.at}>{momentOf(timer.at, intlTag())}</time>}
            <span class="detail-op">{t(timer.op)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );

const Raw = ({ row }: { row: Journal }) => {
  const json = JSON.stringify(row, null, 2);
  return (
    <details class="raw">
      <summary>{t('raw')}</summary>
      <button
        type="button"
        class="link-button raw-copy"
        onClick={() => navigator.clipboard.writeText(json).catch(trouble)}
      >
        <Icon name="copy" />
        {t('copy')}
      </button>
      <pre dir="ltr">
        <code>{json}</code>
      </pre>
    </details>
  );
};

export const RowDetails = ({ row, cause }: { row: Journal; cause: string }) => {
  const effects = useEffects(row.seq, row.seq);
  const nothing = [row.guards, row.contextDiff, row.commands, row.timers].every((part) => part.length === 0);
  return (
    <div class="step-details">
      <p class="step-meta">
        <span>{t('step', { seq: row.seq })}</span>
        <span>{cause}</span>
        <span>{t('machineVersion', { version: row.machineVersion })}</span>
      </p>
      {row.ignored === null ? null : <p class="step-ignored">{t('ignoredWhy', { reason: row.ignored })}</p>}
      <Behind row={row} effects={effects} />
      <Guards row={row} />
      <Diff row={row} />
      <Commands row={row} effects={effects} />
      <Timers row={row} />
      {nothing && row.ignored === null ? <p class="step-nothing">{t('nothingElse')}</p> : null}
      <Raw row={row} />
    </div>
  );
};
