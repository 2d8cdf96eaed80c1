/** The regions side by side: where each stands, what it waits for, and which one is drawn. */
import { useState } from 'preact/hooks';
import { leafIn } from '../../machines/statechart/taken-arrows.ts';
import type { ChartRegion, MachineLayout, Timer } from '../api/types.ts';
import { Until } from '../components/ticking.tsx';
import { say, t } from '../i18n/i18n.ts';
import { stateOfTimer } from './trail.ts';

export interface RegionStripProps {
  readonly layout: MachineLayout;
  readonly states: readonly string[];
  readonly timers: readonly Timer[];
  /** Regions that have not moved in the steps that are here. */
  readonly resting: ReadonlySet<string>;
  readonly focus: string;
  readonly onFocus: (path: string) => void;
}

const labelOf = (layout: MachineLayout, path: string | null): string =>
  layout.states.find((state) => state.path === path)?.label ?? path ?? '';

const RegionLine = ({ region, props }: { region: ChartRegion; props: RegionStripProps }) => {
  const leaf = leafIn(props.states, region.path);
  const timer = props.timers.find(({ id }) => stateOfTimer(id).startsWith(region.path));
  return (
    <li>
      <button
        type="button"
        class="region-line"
        aria-pressed={props.focus === region.path}
        title={region.description ?? undefined}
        onClick={() => props.onFocus(region.path)}
      >
        <span class="region-line-name">{region.label}</span>
        <span class="region-line-state" key={leaf}>
          {labelOf(props.layout, leaf)}
        </span>
        {timer === undefined ? null : (
          <span class="region-line-timer" title={say(timer.label)}>
            <Until at={timer.at} />
          </span>
        )}
      </button>
    </li>
  );
};

/** A region with a single state says nothing; the resting ones are folded away. */
export const RegionStrip = (props: RegionStripProps) => {
  const [all, setAll] = useState(false);
  const telling = props.layout.regions.filter(({ boxes }) => boxes.length > 2);
  const shown = telling.filter(({ path }) => all || path === props.focus || !props.resting.has(path));
  const folded = telling.length - shown.length;
  return (
    <div class="region-strip">
      <ul>
        {shown.map((region) => (
          <RegionLine key={region.path} region={region} props={props} />
        ))}
      </ul>
      {folded === 0 && !all ? null : (
        <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('chartFewer') : t('chartResting', { n: folded })}
        </button>
      )}
    </div>
  );
};
