/** A machine's statechart with what happens in it: where conversations are, how long they stay, which way they go. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { ChartRegion, MachineHeat, MachineLayout } from '../api/types.ts';
import { api, toast, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { currentLocale, directionOf, number, t, units } from '../i18n/i18n.ts';
import { formatSpan } from '../lib/time.ts';
import { type Behind, BehindPanel } from '../statechart/behind-panel.tsx';
import '../statechart/chart.css';
import { arrowHeat, silentWays, stateHeat, waysInto } from '../statechart/heat-chart.ts';
import { useLayout } from '../statechart/layouts.ts';
import { RegionPicture } from '../statechart/region-picture.tsx';
import { RegionView } from '../statechart/region-view.tsx';
import './machine-page.css';
import { PageHead } from './page-head.tsx';

const MACHINE = 'conversation';
const PERIODS: readonly (readonly [days: number, words: MessageKey])[] = [
  [1, 'heatDay'],
  [7, 'heatWeek'],
  [30, 'heatMonth'],
  [365, 'heatYear'],
];
/** The map is asked for again while somebody looks, ms. */
const REFRESH_MS = 15_000;

/** The newest heat; `error` while there is none to show. */
const useHeat = (days: number) => {
  const [heat, setHeat] = useState<MachineHeat | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    const ask = (): void => {
      if (document.visibilityState === 'hidden') return;
      api.charts.heat(MACHINE, days).then(
        (found) => {
          if (gone) return;
          setHeat(found);
          setError(null);
        },
        (failure: unknown) => {
          if (!(failure instanceof ApiError)) trouble(failure);
          else if (!gone) setError(failure);
        },
      );
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [days, tries]);
  return { heat, error: heat === null ? error : null, retry: () => setTries(tries + 1) };
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** From a hair to a finger: the share of those who left. */
const weightOf = (share: number | undefined): number => (share === undefined ? 0.8 : 1.2 + share * 6);

interface MapProps {
  readonly layout: MachineLayout;
  readonly region: ChartRegion;
  readonly heat: MachineHeat;
  readonly onBehind: (behind: Behind) => void;
}

/** Where most of them are now; a region with nobody in it is looked at from its beginning. */
const fullest = (region: ChartRegion, heat: MachineHeat): string | null => {
  const [first] = region.boxes
    .filter(({ compound }) => !compound)
    .toSorted(
      (left, right) => stateHeat(heat.states, right.path).now - stateHeat(heat.states, left.path).now,
    );
  return first?.path ?? null;
};

/** A state with many now is warm, one that mostly ends in silence is bordered. */
const HeatMap = ({ layout, region, heat, onBehind }: MapProps) => {
  const arrows = arrowHeat(region, heat.transitions);
  const most = Math.max(
    1,
    ...heat.states.filter(({ path }) => path.startsWith(region.path)).map(({ now }) => now),
  );
  const labelOf = (path: string): string => layout.states.find((state) => state.path === path)?.label ?? path;
  return (
    <RegionView region={region} centre={fullest(region, heat)} still>
      <RegionPicture
        region={region}
        isCurrent={() => false}
        weight={(index) => weightOf(arrows.get(index)?.share)}
        arrowNote={(index) => {
          const found = arrows.get(index);
          return found === undefined ? null : percent(found.share);
        }}
        boxClass={(box) => {
          const { now, stays, silent } = stateHeat(heat.states, box.path);
          const warmth = box.compound || now === 0 ? 0 : Math.ceil((now / most) * 4);
          return `heat-${warmth} ${!box.compound && stays > 0 && silent / stays > 0.5 ? 'is-silent' : ''}`;
        }}
        inBox={(box) => {
          const { now } = stateHeat(heat.states, box.path);
          return now === 0 ? null : (
            <text class="heat-now" x={box.x + box.width - 8} y={box.y + 17} text-anchor="end">
              {number(now)}
            </text>
          );
        }}
        onChoose={(path) =>
          onBehind({ kind: 'state', state: path, title: t('heatInNow', { state: labelOf(path) }) })
        }
      />
    </RegionView>
  );
};

/** A number that opens the conversations behind it. */
const Opens = ({
  text,
  behind,
  onBehind,
}: {
  text: string;
  behind: Behind;
  onBehind: MapProps['onBehind'];
}) => (
  <button type="button" class="link-button" onClick={() => onBehind(behind)}>
    {text}
  </button>
);

const Row = ({ path, label, props }: { path: string; label: string; props: MapProps }) => {
  const { heat, onBehind } = props;
  const { now, stays, silent, medianMs } = stateHeat(heat.states, path);
  const passed = {
    kind: 'ways' as const,
    ways: waysInto(heat.transitions, path),
    title: t('heatPassed', { state: label }),
  };
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        {now === 0 ? (
          '0'
        ) : (
          <Opens
            text={number(now)}
            behind={{ kind: 'state', state: path, title: t('heatInNow', { state: label }) }}
            onBehind={onBehind}
          />
        )}
      </td>
      <td>{stays === 0 ? '' : <Opens text={number(stays)} behind={passed} onBehind={onBehind} />}</td>
      <td>
        {medianMs === null ? (
          ''
        ) : (
          <Opens text={formatSpan(medianMs, units())} behind={passed} onBehind={onBehind} />
        )}
      </td>
      <td>
        {silent === 0 ? (
          ''
        ) : (
          <Opens
            text={percent(silent / stays)}
            behind={{
              kind: 'ways',
              ways: silentWays(heat.transitions, path),
              title: t('heatSilentIn', { state: label }),
            }}
            onBehind={onBehind}
          />
        )}
      </td>
    </tr>
  );
};

const Ways = ({ layout, region, heat, onBehind }: MapProps) => {
  const labelOf = (path: string | null): string =>
    layout.states.find((state) => state.path === path)?.label ?? '';
  // The way one reads.
  const onward = directionOf(currentLocale()) === 'rtl' ? '←' : '→';
  const arrows = [...arrowHeat(region, heat.transitions)].sort(
    ([, left], [, right]) => right.times - left.times,
  );
  return (
    <table class="table heat-table">
      <caption>{t('heatWays')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('heatWay')}</th>
          <th scope="col">{t('heatTimes')}</th>
          <th scope="col">{t('heatShare')}</th>
        </tr>
      </thead>
      <tbody>
        {arrows.map(([index, found]) => {
          const arrow = region.arrows[index];
          const words = `${labelOf(arrow?.from ?? null)} ${onward} ${labelOf(arrow?.to ?? null)}`;
          const behind = { kind: 'ways' as const, ways: found.transitions, title: words };
          return (
            <tr key={index}>
              <th scope="row">{words}</th>
              <td>
                <Opens text={number(found.times)} behind={behind} onBehind={onBehind} />
              </td>
              <td>
                <Opens text={percent(found.share)} behind={behind} onBehind={onBehind} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Tables = (props: MapProps) => (
  <div class="heat-tables">
    <table class="table heat-table">
      <caption>{props.region.label}</caption>
      <thead>
        <tr>
          {(['heatState', 'heatNow', 'heatStays', 'heatMedian', 'heatSilence'] as const).map((words) => (
            <th key={words} scope="col">
              {t(words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.region.boxes
          .filter(({ compound }) => !compound)
          .map(({ path }) => (
            <Row
              key={path}
              path={path}
              label={props.layout.states.find((state) => state.path === path)?.label ?? path}
              props={props}
            />
          ))}
      </tbody>
    </table>
    <Ways {...props} />
  </div>
);

const copyMachine = (): void => {
  api.charts
    .config(MACHINE)
    .then((config) => navigator.clipboard.writeText(JSON.stringify(config, null, 2)))
    .then(() => toast('good', t('machineCopied')), trouble);
};

export const MachinePage = () => {
  const { layout, error, retry } = useLayout(MACHINE);
  const [days, setDays] = useState(30);
  const [focus, setFocus] = useState('turn');
  const [behind, setBehind] = useState<Behind | null>(null);
  const { heat, error: heatError, retry: askHeat } = useHeat(days);
  const regions = layout?.regions.filter(({ boxes }) => boxes.length > 2) ?? [];
  const region = regions.find(({ path }) => path === focus);
  return (
    <div class="page machine-page">
      <PageHead title={t('machine')} lead={t('machineLead')}>
        <fieldset class="heat-periods" aria-label={t('heatPeriod')}>
          {PERIODS.map(([one, words]) => (
            <button key={one} type="button" aria-pressed={one === days} onClick={() => setDays(one)}>
              {t(words)}
            </button>
          ))}
        </fieldset>
        <button type="button" class="button" title={t('machineCopyHint')} onClick={copyMachine}>
          <Icon name="copy" />
          {t('machineCopy')}
        </button>
      </PageHead>
      {error === null ? null : <Failure error={error} onRetry={retry} />}
      {error === null && heatError !== null ? <Failure error={heatError} onRetry={askHeat} /> : null}
      <nav class="heat-regions" aria-label={t('heatParts')}>
        {regions.map((one) => (
          <button
            key={one.path}
            type="button"
            class="pane-tab"
            aria-pressed={one.path === focus}
            title={one.description ?? undefined}
            onClick={() => setFocus(one.path)}
          >
            {one.label}
          </button>
        ))}
      </nav>
      {layout === null || heat === null || region === undefined ? (
        error === null && heatError === null ? (
          <Skeleton rows={8} kind="line" />
        ) : null
      ) : (
        <div class="heat">
          <HeatMap layout={layout} region={region} heat={heat} onBehind={setBehind} />
          <Tables layout={layout} region={region} heat={heat} onBehind={setBehind} />
        </div>
      )}
      {behind === null ? null : <BehindPanel behind={behind} days={days} onClose={() => setBehind(null)} />}
    </div>
  );
};
