import type { StateValue } from 'xstate';

/** The active leaf states as dotted paths, sorted: `{turn: {working: 'thinking'}}` is `['turn.working.thinking']`. */
export const leafPaths = (value: StateValue): readonly string[] => {
  const paths: string[] = [];
  const walk = (node: StateValue, prefix: string): void => {
    if (typeof node === 'string') {
      paths.push(prefix === '' ? node : `${prefix}.${node}`);
      return;
    }
    for (const [key, child] of Object.entries(node)) {
      if (child !== undefined) walk(child, prefix === '' ? key : `${prefix}.${key}`);
    }
  };
  walk(value, '');
  return paths.sort();
};
