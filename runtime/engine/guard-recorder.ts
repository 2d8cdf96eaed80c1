/**
 * Records which named guards were tried in a step, with their results. Implementations are wrapped once, when a kind
 * is registered; the recorder listens only while a step runs, and a step never awaits.
 */
import type { AnyStateMachine } from 'xstate';
import { viaJson } from './json.ts';
import type { GuardTried } from './types.ts';

type Predicate = (args: unknown, params: unknown) => boolean;
interface Composite {
  readonly check: (snapshot: unknown, args: unknown, self: unknown) => boolean;
}

export interface GuardRecorder {
  readonly machine: AnyStateMachine;
  /** Runs the step and returns its value with the guards it tried, oldest first, at most `limit`. */
  readonly during: <T>(run: () => T) => { readonly value: T; readonly guards: readonly GuardTried[] };
}

/** Wraps the machine's named guards. The machine given is left as it is. */
export const recordGuards = (machine: AnyStateMachine, limit: number): GuardRecorder => {
  let tried: GuardTried[] | null = null;
  const note = (guard: string, params: unknown, result: boolean): boolean => {
    if (tried && tried.length < limit) {
      tried.push(params === undefined ? { guard, result } : { guard, params: viaJson(params), result });
    }
    return result;
  };
  const wrap = (name: string, guard: unknown): unknown => {
    if (typeof guard !== 'function') return guard; // an alias of another named guard, which is wrapped itself
    if (!('check' in guard)) {
      const predicate = guard as Predicate;
      return (args: unknown, params: unknown) => note(name, params, predicate(args, params));
    }
    const { check } = guard as unknown as Composite;
    // `and`, `or`, `not`, `stateIn` are functions that carry their operands as properties.
    return Object.assign(() => false, guard, {
      check: (snapshot: unknown, args: unknown, self: unknown) =>
        note(name, undefined, check(snapshot, args, self)),
    });
  };
  const guards = Object.fromEntries(
    Object.entries(machine.implementations.guards).map(([name, guard]) => [name, wrap(name, guard)]),
  );
  return {
    machine: machine.provide({ guards: guards as never }),
    during: (run) => {
      const guardsTried: GuardTried[] = [];
      tried = guardsTried;
      try {
        return { value: run(), guards: guardsTried };
      } finally {
        tried = null;
      }
    },
  };
};
