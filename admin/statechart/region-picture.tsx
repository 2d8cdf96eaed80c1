/** One region, drawn: what is current is filled, the way is numbered, the last move runs along its arrow. */
import type { ComponentChildren } from 'preact';
import type { ChartRegion } from '../api/types.ts';

type Box = ChartRegion['boxes'][number];
type Arrow = ChartRegion['arrows'][number];

const PADDING = 10;
const TITLE_LINE = 18;
const LABEL_LINE = 15;
/** More numbers than these do not fit beside an arrow. */
const MAX_NUMBERS = 3;

export interface RegionPictureProps {
  readonly region: ChartRegion;
  readonly isCurrent: (path: string) => boolean;
  readonly numbers?: ReadonlyMap<number, readonly number[]>;
  /** The newest move; a new `seq` plays it anew. */
  readonly last?: { readonly seq: number; readonly arrows: readonly number[] } | null;
  /** Arrows and states of the row that is pointed at. */
  readonly lit?: { readonly arrows: ReadonlySet<number>; readonly states: ReadonlySet<string> };
  readonly onArrow?: (index: number | null) => void;
  readonly onState?: (path: string | null) => void;
  readonly onChoose?: (path: string) => void;
  /** How thick an arrow is, px. */
  readonly weight?: (index: number) => number;
  /** More in a state's box: a timer's ring, numbers. */
  readonly inBox?: (box: Box) => ComponentChildren;
  readonly boxClass?: (box: Box) => string;
  readonly arrowNote?: (index: number) => string | null;
}

const pathOf = (points: Arrow['points']): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');

const Lines = ({ box }: { box: Box }) => (
  <>
    {box.lines.map((text, index) => (
      <text key={text} class="chart-title" x={box.x + PADDING} y={box.y + PADDING + TITLE_LINE * index + 13}>
        {text}
      </text>
    ))}
  </>
);

const StateBox = ({ box, props }: { box: Box; props: RegionPictureProps }) => {
  const current = props.isCurrent(box.path);
  const classes = [
    'chart-state',
    box.compound ? 'is-compound' : '',
    current ? 'is-current' : '',
    box.importance === 2 ? 'is-important' : '',
    props.lit?.states.has(box.path) === true ? 'is-lit' : '',
    props.boxClass?.(box) ?? '',
  ];
  return (
    // The picture is for the eye; the tree beside it says the same to everybody else.
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only lights up the timeline.
    <g
      class={classes.filter((name) => name !== '').join(' ')}
      data-state={box.path}
      onPointerEnter={() => props.onState?.(box.path)}
      onPointerLeave={() => props.onState?.(null)}
      onClick={() => props.onChoose?.(box.path)}
    >
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="8" />
      {box.final ? (
        <rect x={box.x + 3} y={box.y + 3} width={box.width - 6} height={box.height - 6} rx="6" />
      ) : null}
      <Lines box={box} />
      {props.inBox?.(box)}
    </g>
  );
};

const numbersText = (numbers: readonly number[]): string =>
  numbers.length > MAX_NUMBERS ? `… ${numbers.slice(-MAX_NUMBERS).join(', ')}` : numbers.join(', ');

const Badge = ({ arrow, text }: { arrow: Arrow; text: string }) => {
  const middle = arrow.points[Math.floor((arrow.points.length - 1) / 2)];
  if (middle === undefined) return null;
  const width = Math.max(18, text.length * 7 + 8);
  return (
    <g class="chart-number">
      <rect
        class="chart-number-back"
        x={middle.x - width / 2}
        y={middle.y - 9}
        width={width}
        height="18"
        rx="9"
      />
      <text x={middle.x} y={middle.y + 4} text-anchor="middle">
        {text}
      </text>
    </g>
  );
};

/** Shown while the pointer rests on an arrow: each transition, and when it is taken. */
const meaningOf = ({ moves }: Arrow): string =>
  moves
    .map(({ words, description }) => (description === null ? words : `${words}: ${description}`))
    .join('\n');

const ArrowLine = ({ arrow, index, props }: { arrow: Arrow; index: number; props: RegionPictureProps }) => {
  const numbers = props.numbers?.get(index);
  const isLast = props.last?.arrows.includes(index) === true;
  const classes = [
    'chart-arrow',
    arrow.from === null ? 'is-begin' : '',
    numbers === undefined ? '' : 'is-taken',
    isLast ? 'is-last' : '',
    props.lit?.arrows.has(index) === true ? 'is-lit' : '',
  ];
  const path = pathOf(arrow.points);
  const note = props.arrowNote?.(index) ?? null;
  return (
    <g
      class={classes.filter((name) => name !== '').join(' ')}
      data-arrow={index}
      onPointerEnter={() => props.onArrow?.(index)}
      onPointerLeave={() => props.onArrow?.(null)}
    >
      <title>{meaningOf(arrow)}</title>
      <path class="chart-arrow-reach" d={path} />
      <path
        class="chart-arrow-line"
        d={path}
        marker-end="url(#chart-head)"
        style={props.weight === undefined ? undefined : { strokeWidth: `${props.weight(index)}px` }}
      />
      {isLast ? <path key={props.last?.seq} class="chart-arrow-run" d={path} pathLength="1" /> : null}
      {arrow.label?.lines.map((text, line) => (
        <text
          key={text}
          class="chart-event"
          x={(arrow.label?.x ?? 0) + 4}
          y={(arrow.label?.y ?? 0) + LABEL_LINE * line + 12}
        >
          {text}
        </text>
      ))}
      {numbers === undefined ? null : <Badge arrow={arrow} text={numbersText(numbers)} />}
      {note === null ? null : <Badge arrow={arrow} text={note} />}
    </g>
  );
};

export const RegionPicture = (props: RegionPictureProps) => (
  <>
    <defs>
      <marker
        id="chart-head"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path class="chart-head" d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
    {props.region.boxes.map((box) => (
      <StateBox key={box.path} box={box} props={props} />
    ))}
    {props.region.arrows.map((arrow, index) => (
      <ArrowLine key={index} arrow={arrow} index={index} props={props} />
    ))}
  </>
);
