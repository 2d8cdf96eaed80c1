/** The statechart as a tree of words, with what is current: pure, from the machine's flat list of states. */
import type { Machine, StateNode } from '../api/types.ts';

export interface TreeNode {
  readonly state: StateNode;
  /** The current leaf, or a parent of it. */
  readonly active: boolean;
  readonly leaf: boolean;
  readonly children: readonly TreeNode[];
}

/**
 * Regions with their states. A region with one state says nothing and is left out; its only state is always current.
 *
 * @param current leaf state paths
 */
export const treeOf = (machine: Machine, current: readonly string[]): readonly TreeNode[] => {
  const childrenOf = new Map<string, StateNode[]>();
  for (const state of machine.states) {
    if (state.parent === null) continue;
    const siblings = childrenOf.get(state.parent) ?? [];
    siblings.push(state);
    childrenOf.set(state.parent, siblings);
  }
  const build = (state: StateNode): TreeNode => {
    const children = (childrenOf.get(state.path) ?? []).map(build);
    const here = current.includes(state.path);
    return {
      state,
      active: here || children.some((child) => child.active),
      leaf: here,
      children,
    };
  };
  const root = machine.states.find((state) => state.parent === null);
  const regions = (childrenOf.get(root?.path ?? '') ?? []).map(build);
  return regions.filter((region) => region.children.length !== 1);
};
