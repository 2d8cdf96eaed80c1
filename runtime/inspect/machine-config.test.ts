import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { statesOf, transitionsOf } from '../conversations/machine-graph.ts';
import { machineConfig } from './machine-config.ts';

describe('the machine for Stately’s editor', () => {
  const loaded = createMachine(JSON.parse(JSON.stringify(machineConfig(conversationMachine))));

  it('loads as a machine with the same states, words and programs', () => {
    expect(statesOf(loaded)).toEqual(statesOf(conversationMachine));
  });

  it('has the same transitions with the same guards', () => {
    const written = (machine: typeof loaded) =>
      transitionsOf(machine).map(({ from, to, event, guard }) => `${from} ${event} [${guard}] ${to}`);
    expect(written(loaded).toSorted()).toEqual(written(conversationMachine as never).toSorted());
  });
});
