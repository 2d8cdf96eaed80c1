/** One transition: when, what, from where to where, with which effects. Opens in place. */

import type { Journal } from '../api/types.ts';
import { Icon } from '../components/icon.tsx';
import { memo } from '../components/memo.ts';
import { useConversation, useOpened } from '../conversation/context.ts';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, say, t } from '../i18n/i18n.ts';
import { momentOf, secondOf } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';
import { litStore } from '../statechart/lit-store.ts';
import { laneOf } from '../stores/lanes.ts';
import { movesOf, type StateMove } from '../stores/timeline.ts';
import { shortEvent } from './event-name.ts';
import { TimerBars } from './lane-marks.tsx';
import { RowDetails } from './row-details.tsx';

const CAUSES: Readonly<Record<Journal['cause'], MessageKey>> = {
  customer: 'causeCustomer',
  bot: 'causeBot',
  manager: 'causeManager',
  job: 'causeJob',
  timer: 'causeTimer',
  result: 'causeResult',
  system: 'causeSystem',
};

/** `turn.working.thinking` is read as `thinking`. */
const leaf = (path: string): string => path.split('.').at(-1) ?? path;

/** A state's or a region's name as the statechart has it; its key until the machine's map is here. */
type Named = (path: string) => string;

const States = ({ paths, named, class: extra }: { paths: readonly string[]; named: Named; class: string }) =>
  paths.map((path) => (
    <span key={path} class={`state-chip ${extra}`} title={path}>
      {named(path)}
    </span>
  ));

const Move = ({ move, named }: { move: StateMove; named: Named }) => (
  <span class="move">
    <span class="move-region">{named(move.region)}</span>
    <States paths={move.from} named={named} class="is-left" />
    <Icon name="arrow" class="move-arrow" />
    <States paths={move.to} named={named} class="is-entered" />
  </span>
);

const Effects = ({ row }: { row: Journal }) => (
  <span class="effects">
    {row.commands.length === 0 ? null : (
      <span class="effect" title={row.commands.map((command) => say(command.label)).join(', ')}>
        <Icon name="tool" />
        <span aria-hidden="true">{row.commands.length}</span>
        <span class="visually-hidden">{t('effectCommands', { n: row.commands.length })}</span>
      </span>
    )}
    {row.timers.length === 0 ? null : (
      <span
        class="effect"
        title={row.timers.map((timer) => `${say(timer.label)} (${t(timer.op)})`).join(', ')}
      >
        <Icon name="clock" />
        <span aria-hidden="true">{row.timers.length}</span>
        <span class="visually-hidden">{t('effectTimers', { n: row.timers.length })}</span>
      </span>
    )}
  </span>
);

const Row = ({ row, bars }: { row: Journal; bars: string }) => {
  const { store } = useOpened().open;
  const expanded = useConversation((context) => context.expanded.has(row.seq));
  const selected = useConversation((context) => context.selected === row.seq);
  const linked = useStore(litStore, (context) => context.rows.has(row.seq));
  const ahead = useConversation((context) => context.replay !== null && row.seq > context.replay.seq);
  const replaying = useConversation((context) => context.replay !== null);
  const machine = useConversation((context) => context.machine);
  const named: Named = (path) => {
    const label = machine?.states.find((state) => state.path === path)?.label;
    return label === undefined ? leaf(path) : say(label);
  };
  const moves = movesOf(row);
  return (
    <li
      class={`step is-${row.cause} importance-${row.importance} ${selected ? 'is-selected' : ''} ${row.ignored === null ? '' : 'is-ignored'} ${linked ? 'is-linked' : ''} ${ahead ? 'is-ahead' : ''}`}
      data-seq={row.seq}
      onPointerEnter={() => litStore.trigger.rowPointed({ seq: row.seq })}
      onPointerLeave={() => litStore.trigger.cleared()}
    >
      <TimerBars pieces={bars} />
      <button
        type="button"
        class="step-head"
        aria-expanded={expanded}
        onClick={() => {
          if (replaying) store.trigger.replayed({ seq: row.seq, playing: false });
          store.trigger.expansionToggled({ seq: row.seq });
        }}
      >
        <time class="step-time" dateTime={row.at} title={momentOf(row.at, intlTag())}>
          {secondOf(row.at, intlTag())}
        </time>
        <span class={`step-spine is-lane-${laneOf(row.cause)}`} title={t(CAUSES[row.cause])}>
          <span class="step-dot" />
          <span class="visually-hidden">{t(CAUSES[row.cause])}</span>
        </span>
        <span class="step-main">
          <span class="step-title" dir="auto">
            {say(row.title)}
          </span>
          <span class="step-facts">
            {moves.map((move) => (
              <Move key={move.region} move={move} named={named} />
            ))}
            <code class="event-chip" title={row.event.type} dir="ltr">
              {shortEvent(row.event.type)}
            </code>
          </span>
        </span>
        <Effects row={row} />
        <Icon name="down" class="step-chevron" />
      </button>
      {expanded ? <RowDetails row={row} cause={t(CAUSES[row.cause])} /> : null}
    </li>
  );
};

/** Rows never change once written, so a row renders again only when its own expansion or selection does. */
export const TimelineRow = memo(Row);
