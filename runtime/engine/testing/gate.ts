/** A door that tests hold shut at a trigger point. */
import type { Trigger, TriggerPoint } from '../context.ts';

export interface Gate {
  readonly trigger: Trigger;
  /** From now on, whoever comes to the point waits. */
  readonly shut: (point: TriggerPoint) => void;
  readonly open: (point: TriggerPoint) => void;
  /** Resolves when somebody waits at the point. */
  readonly reached: (point: TriggerPoint) => Promise<void>;
  /** The next one to come to the point meets this error. */
  readonly failOnce: (point: TriggerPoint, error: Error) => void;
}

interface Door {
  readonly opened: PromiseWithResolvers<void>;
  readonly reached: PromiseWithResolvers<void>;
}

export const makeGate = (): Gate => {
  const doors = new Map<TriggerPoint, Door>();
  const faults = new Map<TriggerPoint, Error>();
  return {
    trigger: async (point) => {
      const fault = faults.get(point);
      if (fault) {
        faults.delete(point);
        throw fault;
      }
      const door = doors.get(point);
      if (!door) return;
      door.reached.resolve();
      await door.opened.promise;
    },
    shut: (point) => {
      doors.set(point, { opened: Promise.withResolvers(), reached: Promise.withResolvers() });
    },
    open: (point) => {
      const door = doors.get(point);
      doors.delete(point);
      door?.opened.resolve();
    },
    reached: (point) => doors.get(point)?.reached.promise ?? Promise.resolve(),
    failOnce: (point, error) => void faults.set(point, error),
  };
};
