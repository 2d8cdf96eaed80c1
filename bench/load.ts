/** Load generators: a flood that keeps so many calls in flight, and an open loop that sends at a rate come what may. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadResult {
  readonly calls: number;
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Ms, from when a call was due. */
  readonly p50: number;
  readonly p99: number;
}

/** The value below which `share` of the numbers lie; 0 when there are none. Sorts in place. */
export const percentile = (numbers: number[], share: number): number => {
  numbers.sort((a, b) => a - b);
  return numbers[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;
};

const resultOf = (latencies: number[], failed: number, beganAt: number): LoadResult => {
  const seconds = (performance.now() - beganAt) / 1000;
  return {
    calls: latencies.length,
    failed,
    seconds,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
};

/** `total` calls, `inFlight` at once. A call that rejects is counted as failed and not repeated. */
export const flood = (
  total: number,
  inFlight: number,
  call: (i: number) => Promise<unknown>,
): Promise<LoadResult> => {
  return drive(inFlight, (next) => next < total, call);
};

/** As many calls as fit into `seconds`, `inFlight` at once. */
export const floodFor = (
  seconds: number,
  inFlight: number,
  call: (i: number) => Promise<unknown>,
): Promise<LoadResult> => {
  const until = performance.now() + seconds * 1000;
  return drive(inFlight, () => performance.now() < until, call);
};

const drive = async (
  inFlight: number,
  goesOn: (next: number) => boolean,
  call: (i: number) => Promise<unknown>,
): Promise<LoadResult> => {
  const latencies: number[] = [];
  let failed = 0;
  let next = 0;
  const beganAt = performance.now();
  const client = async (): Promise<void> => {
    while (goesOn(next)) {
      const i = next++;
      const at = performance.now();
      try {
        await call(i);
        latencies.push(performance.now() - at);
      } catch {
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  return resultOf(latencies, failed, beganAt);
};

/** `perSecond` calls for `seconds`; latency counts from when the call was due, so that a stall is not hidden. */
export const openLoop = async (
  perSecond: number,
  seconds: number,
  call: (i: number) => Promise<unknown>,
): Promise<LoadResult> => {
  const latencies: number[] = [];
  let failed = 0;
  const open: Promise<void>[] = [];
  const beganAt = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let i = 0; i < total; i++) {
    const dueAt = beganAt + (i * 1000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await sleep(wait);
    open.push(
      call(i).then(
        () => void latencies.push(performance.now() - dueAt),
        () => void failed++,
      ),
    );
  }
  await Promise.all(open);
  return resultOf(latencies, failed, beganAt);
};
