import { describe, expect, it } from 'vitest';
import type { Machine, StateNode } from '../api/types.ts';
import { type TreeNode, treeOf } from './state-tree.ts';

const state = (path: string): StateNode => ({
  path,
  parent: path === '' ? null : path.split('.').slice(0, -1).join('.'),
  key: path.split('.').at(-1) ?? '',
  type: 'atomic',
  label: path,
  description: null,
  invokes: [],
});

const machine: Machine = {
  id: 'conversation',
  version: '1',
  states: [
    '',
    'log',
    'log.on',
    'turn',
    'turn.idle',
    'turn.working',
    'turn.working.thinking',
    'owner',
    'owner.bot',
    'owner.manager',
  ].map(state),
  transitions: [],
  counts: {},
};

const active = (nodes: readonly TreeNode[]): readonly string[] =>
  nodes.flatMap((node) => [...(node.active ? [node.state.path] : []), ...active(node.children)]);

describe('the tree of states', () => {
  it('marks the current leaves and everything above them, nothing else', () => {
    const tree = treeOf(machine, ['log.on', 'turn.working.thinking', 'owner.bot']);
    expect(active(tree)).toEqual(['turn', 'turn.working', 'turn.working.thinking', 'owner', 'owner.bot']);
    expect(tree[0]?.children[1]).toMatchObject({ active: true, leaf: false });
    expect(tree[0]?.children[1]?.children[0]).toMatchObject({ active: true, leaf: true });
  });

  it('leaves out a region whose one state is always current', () => {
    expect(treeOf(machine, ['log.on', 'turn.idle', 'owner.bot']).map((region) => region.state.path)).toEqual([
      'turn',
      'owner',
    ]);
  });
});
