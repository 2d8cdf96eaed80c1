/** The time left until a state's timer fires, as a ring that empties. */
import { clockStore } from '../lib/clock.ts';
import { useStore } from '../lib/use-store.ts';

const RADIUS = 8;
const ROUND = 2 * Math.PI * RADIUS;
/** Steps of the ring: it is drawn anew only when it would look different. */
const STEPS = 120;

export interface TimerRingProps {
  readonly x: number;
  readonly y: number;
  /** RFC 3339. */
  readonly at: string;
  /** When it was armed; null: not known, and the ring is full until it fires. */
  readonly armedAt: string | null;
}

/** The share of the time that is left, 0 to 1. */
export const leftOf = (now: number, at: string, armedAt: string | null): number => {
  const end = Date.parse(at);
  if (now >= end) return 0;
  if (armedAt === null) return 1;
  const whole = end - Date.parse(armedAt);
  return whole <= 0 ? 1 : Math.min(1, (end - now) / whole);
};

export const TimerRing = ({ x, y, at, armedAt }: TimerRingProps) => {
  const steps = useStore(clockStore, ({ now }) => Math.round(leftOf(now, at, armedAt) * STEPS));
  return (
    <g class="chart-ring">
      <circle class="chart-ring-back" cx={x} cy={y} r={RADIUS} />
      <circle
        class="chart-ring-left"
        cx={x}
        cy={y}
        r={RADIUS}
        transform={`rotate(-90 ${x} ${y})`}
        stroke-dasharray={`${(ROUND * steps) / STEPS} ${ROUND}`}
      />
    </g>
  );
};
