/** A developer reads the statechart and knows what the system does: nothing in it is without words. */
import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { conversationMachine } from './machine.ts';

const nodes = (node: AnyStateNode): readonly AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap((child) => nodes(child as AnyStateNode)),
];

const all = nodes(conversationMachine.root);
const transitions = all.flatMap((node) =>
  [...node.transitions.values(), node.always ?? []].flat().map((transition) => ({
    name: `${node.path.join('.') || 'root'} on ${transition.eventType || 'always'}`,
    words: transition.description ?? '',
  })),
);

describe('the statechart in words', () => {
  it('describes every transition in a sentence', () => {
    const silent = transitions
      .filter(({ words }) => !/^\p{Lu}.{14,}\.$/u.test(words))
      .map(({ name }) => name);
    expect(silent).toEqual([]);
    expect(transitions.length).toBeGreaterThan(350);
  });

  it('tells apart the transitions of one event in one state', () => {
    const told = transitions.map(({ name, words }) => `${name}: ${words}`);
    expect(told.filter((line, index) => told.indexOf(line) !== index)).toEqual([]);
  });

  it('labels every state', () => {
    const bare = all
      .filter(({ path }) => path.length > 0)
      .filter(({ meta }) => typeof (meta as { label?: unknown } | undefined)?.label !== 'string')
      .map(({ path }) => path.join('.'));
    expect(bare).toEqual([]);
  });
});
