/** Reads a kind of actor before anything runs and lists all that the host could not do (contract 1: all faults at once). */
import type { AnyStateMachine } from 'xstate';
import { KindRefused } from './errors.ts';
import { faultsOfMigrations } from './migrations.ts';
import type { ActorKind } from './types.ts';

type Node = AnyStateMachine['root'];

/** Throws {@link KindRefused} that names every fault of the kinds. */
export const checkKinds = (kinds: readonly ActorKind[]): void => {
  const faults = kinds.flatMap((kind) => faultsOf(kind).map((fault) => `${kind.kind}: ${fault}`));
  for (const { kind } of kinds) {
    if (kinds.filter((other) => other.kind === kind).length > 1) faults.push(`${kind}: there are two of it`);
  }
  if (faults.length > 0) {
    throw new KindRefused({
      message: `These machines cannot be hosted:\n- ${[...new Set(faults)].join('\n- ')}`,
      retryable: false,
    });
  }
};

const faultsOf = (kind: ActorKind): readonly string[] => {
  const faults: string[] = [];
  if (kind.kind === '' || kind.version === '') faults.push('kind and version must not be empty');
  for (const [name, handler] of Object.entries(kind.commands)) {
    if (!(handler.timeoutMs > 0) || !(handler.retry.maxAttempts >= 1)) {
      faults.push(`command ${name}: timeoutMs must be above 0 and retry.maxAttempts at least 1`);
    }
  }
  faults.push(...faultsOfMigrations(kind));
  const visit = (node: Node): void => {
    for (const invoke of node.invoke) faults.push(...faultsOfInvoke(kind, invoke));
    for (const action of actionsOf(node)) faults.push(...faultsOfAction(kind, action));
    for (const child of Object.values(node.states)) visit(child as Node);
  };
  visit(kind.machine.root);
  return faults;
};

const faultsOfInvoke = (
  kind: ActorKind,
  invoke: { readonly src: unknown; readonly id: string; readonly systemId?: string | undefined },
): readonly string[] => {
  const faults: string[] = [];
  const { src } = invoke;
  if (typeof src !== 'string' || src.startsWith('xstate.invoke.')) {
    faults.push(`invoke ${invoke.id} has an inline source; name it in setup({actors})`);
  } else {
    if (!kind.machine.implementations.actors[src]) faults.push(`invoke ${src} is not in setup({actors})`);
    if (!kind.commands[src]) faults.push(`invoke ${src} has no command handler`);
  }
  if (invoke.systemId !== undefined) faults.push(`invoke ${invoke.id} has a systemId; refer to it by id`);
  return faults;
};

/** Every action that the definition of a state names, in any place. */
const actionsOf = (node: Node): readonly unknown[] => {
  const transitions = [...node.transitions.values()].flat();
  return [
    ...node.entry,
    ...node.exit,
    ...transitions.flatMap((transition) => transition.actions),
    ...(node.always ?? []).flatMap((transition) => transition.actions),
    ...(node.initial?.actions ?? []),
  ];
};

const faultsOfAction = (kind: ActorKind, action: unknown): readonly string[] => {
  if (typeof action === 'function') {
    if ('systemId' in action && action.systemId !== undefined) {
      return ['spawnChild with a systemId; refer to the child by id'];
    }
    return 'resolve' in action ? [] : [`action ${action.name || '(inline)'} is a function; name it`];
  }
  const name = typeof action === 'string' ? action : (action as { readonly type: string }).type;
  const implementation: unknown = kind.machine.implementations.actions[name];
  // Actions made by assign, raise, emit, enqueueActions … are resolved by XState itself.
  if (typeof implementation === 'function' && 'resolve' in implementation) return [];
  return kind.commands[name] ? [] : [`action ${name} has no command handler`];
};
