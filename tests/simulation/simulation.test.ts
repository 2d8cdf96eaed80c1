/**
 * Thousands of invented days: three replicas, a database, vendors and customers in virtual time, killed, frozen and cut
 * off at random, checked for G1-G7 and for what a conversation must never do. A failure prints its seed and the fewest
 * ops that still show it; `SIM_SEED=<seed> SIM_COUNT=1` runs it again.
 *
 * `npm test` runs a few hundred seeds, `npm run test:long` as many as fit into 75 s for each workload and mode, and prints
 * how many. The modes: actors in memory between their events, and taken out after each, so that every step begins
 * with the JSON of a row.
 */
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { conversationSetup } from '../../machines/conversation/setup.ts';
import { tell } from '../support/tell.ts';
import { conversationWorkload, shippedConversation } from './conversation-workload.ts';
import { describeFailure, type Exploration, explore } from './explore.ts';
import type { Bug } from './memory-database.ts';
import { sampleWorkload } from './workloads.ts';

const LONG = process.env.TEST_LONG === '1';
/** A long run looks at seeds of its own; the suite's name tells where it began. */
const FROM = Number(process.env.SIM_SEED ?? (LONG ? randomInt(1, 100_000_000) : 1));
/** Seeds of each workload and mode; a long run without a number of its own ends by the clock. */
const COUNT = Number(process.env.SIM_COUNT ?? (LONG ? 100_000 : 100));
const PART_MS = LONG && process.env.SIM_COUNT === undefined ? 75_000 : Infinity;
const TIMEOUT_MS = LONG ? 3_600_000 : 600_000;

const expectHolds = (what: string, exploration: Exploration): void => {
  const until = performance.now() + PART_MS;
  let seeds = 0;
  const failure = explore(exploration, FROM, COUNT, () => seeds++ === 0 || performance.now() < until);
  expect(failure === null ? '' : describeFailure(failure)).toBe('');
  if (LONG) tell(`simulation of ${what}: ${seeds} seeds from ${FROM} on, nothing broken`);
};

describe(`whatever happens (SIM_SEED=${FROM})`, () => {
  for (const rehydrate of [false, true]) {
    const mode = rehydrate ? 'read from their rows for each event' : 'kept in memory';
    it(
      `sample machines keep the guarantees, ${mode}`,
      () => {
        expectHolds(`sample machines, ${mode}`, { workload: sampleWorkload, rehydrate });
      },
      TIMEOUT_MS,
    );

    it(
      `conversations keep theirs and the engine's, ${mode}`,
      () => {
        expectHolds(`conversations, ${mode}`, { workload: conversationWorkload(), rehydrate });
      },
      TIMEOUT_MS,
    );
  }

  it(
    'the same seed tells the same story',
    () => {
      const bugs: readonly Bug[] = ['no version check'];
      const stories = [1, 2].map(() => {
        const failure = explore({ workload: sampleWorkload, bugs }, 1, 50);
        return failure && describeFailure(failure);
      });
      expect(stories[0]).not.toBeNull();
      expect(stories[0]).toBe(stories[1]);
    },
    TIMEOUT_MS,
  );
});

/** Seeds to look through for a bug that was planted; each is found well before. */
const HUNT = 400;

describe('a planted bug is found', () => {
  const planted: readonly [Bug, RegExp][] = [
    ['no version check', /^G[23]/],
    ['no unique event id', /^G2/],
    ['merge over waiting mail', /^G2/],
    ['journal without snapshot', /^G[24]/],
    ['claim what is cancelled', /^G7/],
    ['nobody adopts', /^G5/],
    ['a firing without identity', /^G6/],
    ['acknowledge before the commit', /^G1/],
  ];
  for (const [bug, rule] of planted) {
    it(
      bug,
      () => {
        const failure = explore({ workload: sampleWorkload, bugs: [bug] }, 1, HUNT);
        expect(failure?.faults[0]).toMatch(rule);
        expect(failure?.ops.length).toBeLessThan(30);
      },
      TIMEOUT_MS,
    );
  }

  /** The shipped machine with one thing taken out of its definition. */
  const mutilated = (change: (config: typeof conversationMachine.config) => void) => {
    const config = cloneConfig(conversationMachine.config) as typeof conversationMachine.config;
    change(config);
    return conversationWorkload({
      ...shippedConversation(),
      machine: conversationSetup.createMachine(config as never) as unknown as AnyStateMachine,
    });
  };

  it(
    'a turn that goes on when a person takes over',
    () => {
      const workload = mutilated((config) => {
        const turn = config.states?.turn as { states: Record<string, { on?: Record<string, unknown> }> };
        for (const state of [turn.states.working, turn.states.speaking])
          delete state?.on?.['manager.takeOver'];
      });
      const failure = explore({ workload }, 1, HUNT);
      expect(failure?.faults[0]).toMatch(/while a person owns the chat/);
    },
    TIMEOUT_MS,
  );

  it(
    'a customer who is forgotten after an answer',
    () => {
      const workload = mutilated((config) => {
        const turn = config.states?.turn as { states: Record<string, object> };
        turn.states.spoken = { always: 'idle' };
      });
      const failure = explore({ workload }, 1, HUNT);
      expect(failure?.faults[0]).toMatch(/messages wait and nobody works on them/);
    },
    TIMEOUT_MS,
  );
});

/** Deep for objects and arrays; functions and guards are what they are. */
const cloneConfig = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(cloneConfig);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cloneConfig(inner)]));
};
