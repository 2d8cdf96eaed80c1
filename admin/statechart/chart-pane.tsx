/** Where the conversation stands, drawn live; the timeline and the picture point at each other. */
import { useState } from 'preact/hooks';
import { leafIn } from '../../machines/statechart/taken-arrows.ts';
import type { ChartRegion, Journal, MachineLayout, Timer } from '../api/types.ts';
import { Failure, Skeleton } from '../components/states.tsx';
import { useConversation } from '../conversation/context.ts';
import { t } from '../i18n/i18n.ts';
import { sameMembers, useStore } from '../lib/use-store.ts';
import { rowsAt, statesAt } from '../stores/moment.ts';
import './chart.css';
import { useLayout } from './layouts.ts';
import { litStore } from './lit-store.ts';
import { RegionPicture } from './region-picture.tsx';
import { RegionStrip } from './region-strip.tsx';
import { RegionTree } from './region-tree.tsx';
import { RegionView } from './region-view.tsx';
import { TimerRing } from './timer-ring.tsx';
import { latestRegion, moveOf, rowsThrough, stateOfTimer, trailOf } from './trail.ts';

const NO_TIMERS: readonly Timer[] = [];

const armedAtOf = (rows: readonly Journal[], id: string): string | null =>
  rows.findLast((row) => row.timers.some((timer) => timer.id === id && timer.op === 'armed'))?.at ?? null;

/** What of the region belongs to the row that is pointed at. */
const litBy = (region: ChartRegion, row: Journal | undefined) => {
  const move = row === undefined ? null : moveOf(region, row);
  return {
    arrows: new Set(move?.arrows ?? []),
    states: new Set(move === null ? [] : [move.to, move.from].filter((path) => path !== null)),
  };
};

interface DrawnProps {
  readonly region: ChartRegion;
  readonly rows: readonly Journal[];
  readonly states: readonly string[];
  readonly timers: readonly Timer[];
}

const Drawn = ({ region, rows, states, timers }: DrawnProps) => {
  const pointed = useStore(litStore, (context) => context.row);
  const trail = trailOf(region, rows);
  const leaf = leafIn(states, region.path);
  const isCurrent = (path: string): boolean => leaf === path || leaf?.startsWith(`${path}.`) === true;
  const point = (part: { readonly arrow: number } | { readonly state: string } | null): void => {
    if (part === null) litStore.trigger.cleared();
    else litStore.trigger.partPointed({ rows: rowsThrough(region, rows, part) });
  };
  return (
    <RegionView region={region} centre={leaf}>
      <RegionPicture
        region={region}
        isCurrent={isCurrent}
        numbers={trail.numbers}
        last={trail.last}
        lit={litBy(region, pointed === null ? undefined : rows.find((row) => row.seq === pointed))}
        onArrow={(index) => point(index === null ? null : { arrow: index })}
        onState={(path) => point(path === null ? null : { state: path })}
        inBox={(box) => {
          const timer = timers.find(({ id }) => stateOfTimer(id) === box.path);
          return timer === undefined ? null : (
            <TimerRing
              x={box.x + box.width - 14}
              y={box.y + 14}
              at={timer.at}
              armedAt={armedAtOf(rows, timer.id)}
            />
          );
        }}
      />
    </RegionView>
  );
};

const Charted = ({ layout }: { layout: MachineLayout }) => {
  const rows = useConversation(rowsAt, sameMembers);
  const states = useConversation(statesAt, sameMembers);
  const live = useConversation((context) => context.replay === null);
  const timers = useConversation((context) => context.detail?.timers ?? NO_TIMERS);
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState(false);
  const resting = new Set(
    layout.regions.filter((region) => trailOf(region, rows).last === null).map(({ path }) => path),
  );
  const focus = chosen ?? latestRegion(layout.regions, rows) ?? layout.regions.at(-1)?.path ?? '';
  const region = layout.regions.find(({ path }) => path === focus);
  if (region === undefined) return null;
  const leaf = leafIn(states, region.path);
  // Timers of now say nothing about a moment in the past.
  const shown = live ? timers : NO_TIMERS;
  return (
    <>
      <RegionStrip
        layout={layout}
        states={states}
        timers={shown}
        resting={resting}
        focus={focus}
        onFocus={(path) => setChosen(path === chosen ? null : path)}
      />
      <p class="region-about">
        <span>{region.description}</span>
        <button type="button" class="link-button" aria-pressed={words} onClick={() => setWords(!words)}>
          {words ? t('chartAsPicture') : t('chartAsWords')}
        </button>
      </p>
      {words ? null : <Drawn region={region} rows={rows} states={states} timers={shown} />}
      <div class={words ? 'region-words' : 'visually-hidden'}>
        <RegionTree
          layout={layout}
          region={region}
          isCurrent={(path) => leaf === path || leaf?.startsWith(`${path}.`) === true}
          isLeaf={(path) => leaf === path}
        />
      </div>
    </>
  );
};

export const ChartPane = () => {
  const { layout, error, retry } = useLayout('conversation');
  return (
    <section class="chart-pane" aria-label={t('paneChart')}>
      {error === null ? null : <Failure error={error} onRetry={retry} />}
      {layout === null && error === null ? <Skeleton rows={7} kind="line" /> : null}
      {layout === null ? null : <Charted layout={layout} />}
    </section>
  );
};
