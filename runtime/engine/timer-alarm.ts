/**
 * Rings when timers are due. It remembers times, not timers: neighbouring due times share a bucket, so memory is bounded
 * by the horizon, and a timer that was disarmed meanwhile costs one look at the table.
 */
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';
import { fireDueTimers, upcomingTimers } from './store/timers.ts';

export interface TimerAlarm {
  /** Ms since the epoch; times beyond the horizon are left to the poll. */
  readonly arm: (dueAt: number) => void;
  /** Fires what is due now, whoever armed it, and learns what is due soon: recovery and backstop. */
  readonly poll: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startTimerAlarm = (
  context: Context,
  onFired: (actorIds: readonly string[]) => void,
): TimerAlarm => new Alarm(context, onFired);

class Alarm implements TimerAlarm {
  private readonly context: Context;
  private readonly onFired: (actorIds: readonly string[]) => void;
  /** Buckets of due times, ascending. */
  private buckets: number[] = [];
  private wake: { readonly at: number; readonly handle: NodeJS.Timeout } | null = null;
  private firing: Promise<void> | null = null;
  private ringAgain = false;
  private stopped = false;

  constructor(context: Context, onFired: (actorIds: readonly string[]) => void) {
    this.context = context;
    this.onFired = onFired;
  }

  arm(dueAt: number): void {
    const { timerBucketMs, timerHorizonMs } = this.context.limits;
    if (this.stopped || dueAt - this.context.clock.now() > timerHorizonMs) return;
    const bucket = Math.ceil(dueAt / timerBucketMs) * timerBucketMs;
    const place = this.placeOf(bucket);
    if (this.buckets[place] !== bucket) this.buckets.splice(place, 0, bucket);
    this.schedule();
  }

  async poll(): Promise<void> {
    const { db, clock, limits } = this.context;
    const now = clock.now();
    await this.ring();
    // Half a horizon ahead is enough for polls a second apart; each page is bounded by the buckets it can fill.
    const soon = await upcomingTimers(db.pool, now, now + limits.timerHorizonMs / 2, limits.pollPage);
    for (const dueAt of soon) this.arm(dueAt);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.wake) clearTimeout(this.wake.handle);
    await this.firing;
  }

  private placeOf(bucket: number): number {
    let low = 0;
    let high = this.buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.buckets[middle] ?? 0) < bucket) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private schedule(): void {
    const [next] = this.buckets;
    if (next === undefined || this.stopped || (this.wake && this.wake.at <= next)) return;
    if (this.wake) clearTimeout(this.wake.handle);
    const handle = setTimeout(
      () => {
        this.wake = null;
        this.ring().catch((error: unknown) => {
          this.context.log.warn(
            { error: faultOf(error) },
            'due timers could not be fired; the poll will do it',
          );
        });
      },
      Math.max(0, next - this.context.clock.now()),
    );
    handle.unref();
    this.wake = { at: next, handle };
  }

  /** One at a time; a ring during a ring is followed by another. */
  private ring(): Promise<void> {
    this.ringAgain = true;
    this.firing ??= this.fireAll().finally(() => {
      this.firing = null;
      this.schedule();
    });
    return this.firing;
  }

  private async fireAll(): Promise<void> {
    const { db, host, clock, limits, trigger } = this.context;
    while (this.ringAgain && !this.stopped) {
      this.ringAgain = false;
      const now = clock.now();
      this.buckets = this.buckets.slice(this.placeOf(now + 1));
      await trigger('timer.before-fire');
      const actorIds = await fireDueTimers(db.pool, host.names, now, limits.pollPage);
      if (actorIds.length > 0) this.onFired([...new Set(actorIds)]);
      if (actorIds.length >= limits.pollPage) this.ringAgain = true;
    }
  }
}
