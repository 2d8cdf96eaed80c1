/**
 * The admin's time: the server's, as far as we know it, ticking once a second. Countdowns read it through the store,
 * so that a row renders again only when its words change.
 */
import { createStore } from '@xstate/store';

export const TICK_MS = 1000;

/** Offsets below this are the second-precision of the `Date` header and the network's delay, not a wrong clock. */
const OFFSET_TOLERANCE_MS = 2000;

export const clockStore = createStore({
  context: { now: Date.now(), offset: 0 },
  on: {
    ticked: (context, event: { at: number }) => ({ ...context, now: event.at + context.offset }),
    offsetLearnt: (context, event: { offset: number }) =>
      Math.abs(event.offset - context.offset) <= OFFSET_TOLERANCE_MS
        ? context
        : { ...context, offset: event.offset, now: context.now - context.offset + event.offset },
  },
});

/** Ms since the epoch by the server's clock. */
export const serverNow = (): number => Date.now() + clockStore.getSnapshot().context.offset;

/** Starts the ticking; a hidden page does not tick. Returns the stop. */
export const startClock = (): (() => void) => {
  const tick = (): void => clockStore.trigger.ticked({ at: Date.now() });
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') tick();
  }, TICK_MS);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
};
