/**
 * A chart of a number by days, as SVG: bars for what is counted, a line for what is measured. Its twin for screen
 * readers is a table; the same table is what the bars say on hover.
 */
import { t } from '../i18n/i18n.ts';

export interface Point {
  readonly from: string;
  /** The day or the month as people write it. */
  readonly name: string;
  /** Null: not known; a gap. */
  readonly value: number | null;
  readonly written: string;
}

const WIDTH = 640;
const HEIGHT = 190;
const FOOT = 30;
const TOP = 22;
/** Dates written under the axis; more would run into each other. */
const MAX_DATES = 8;

/** Numbers written above their bars; more would run into each other. */
const MAX_WRITTEN = 12;

const lineThrough = (
  points: readonly Point[],
  x: (at: number) => number,
  y: (value: number) => number,
): string => {
  let pen = 'M';
  return points
    .map(({ value }, at) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
};

const Dates = ({ points, x }: { points: readonly Point[]; x: (at: number) => number }) => {
  const every = Math.max(1, Math.ceil(points.length / MAX_DATES));
  return (
    <>
      {points.map((point, at) =>
        at % every === 0 ? (
          <text key={point.from} class="day-chart-date" x={x(at)} y={HEIGHT - 8}>
            {point.name}
          </text>
        ) : null,
      )}
    </>
  );
};

const Twin = ({ points, label }: { points: readonly Point[]; label: string }) => (
  <table class="visually-hidden">
    <caption>{label}</caption>
    <tbody>
      {points.map((point) => (
        <tr key={point.from}>
          <th scope="row">{point.name}</th>
          <td>{point.written}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const Chart = ({
  points,
  label,
  bars,
}: {
  points: readonly Point[];
  label: string;
  bars: boolean;
}) => {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return <p class="quiet-note">{t('chartEmpty')}</p>;
  const highest = Math.max(...known, 0);
  const lowest = Math.min(...known, 0);
  const span = highest - lowest || 1;
  const step = WIDTH / points.length;
  const x = (at: number): number => step * (at + 0.5);
  const y = (value: number): number => TOP + (HEIGHT - FOOT - TOP) * (1 - (value - lowest) / span);
  return (
    <>
      <svg class="day-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line class="day-chart-axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
        {points.map((point, at) => (
          <g key={point.from} class="day-chart-point">
            <rect class="day-chart-hover" x={step * at} y={0} width={step} height={HEIGHT - FOOT}>
              <title>{`${point.name}: ${point.written}`}</title>
            </rect>
            {bars && point.value !== null ? (
              <rect
                class="day-chart-bar"
                x={x(at) - step * 0.36}
                width={step * 0.72}
                y={Math.min(y(point.value), y(0))}
                height={Math.max(1, Math.abs(y(point.value) - y(0)))}
                rx={2}
              />
            ) : null}
            {points.length <= MAX_WRITTEN && point.value !== null ? (
              <text class="day-chart-value" x={x(at)} y={Math.min(y(point.value), y(0)) - 6}>
                {point.written}
              </text>
            ) : null}
            {!bars && point.value !== null ? (
              <circle class="day-chart-dot" cx={x(at)} cy={y(point.value)} r={2.5} />
            ) : null}
          </g>
        ))}
        {bars ? null : <path class="day-chart-line" d={lineThrough(points, x, y)} />}
        <Dates points={points} x={x} />
      </svg>
      <Twin points={points} label={label} />
    </>
  );
};
