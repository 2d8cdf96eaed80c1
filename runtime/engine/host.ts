/** The kinds of actors of this process, checked and ready to step. */
import { checkKinds } from './kind-check.ts';
import type { EngineLimits } from './limits.ts';
import { makeStepper, type Stepper } from './step.ts';
import type { ActorKind, CommandHandler } from './types.ts';

export interface HostedKind {
  readonly kind: ActorKind;
  readonly stepper: Stepper;
}

export interface Host {
  readonly get: (kind: string) => HostedKind | undefined;
  readonly names: readonly string[];
  readonly all: readonly HostedKind[];
  readonly handler: (kind: string, name: string) => CommandHandler | undefined;
}

/** Throws `KindRefused` with every fault of every kind. */
export const makeHost = (kinds: readonly ActorKind[], limits: EngineLimits): Host => {
  checkKinds(kinds);
  const hosted = new Map(
    kinds.map((kind) => [kind.kind, { kind, stepper: makeStepper(kind.machine, limits) }]),
  );
  return {
    get: (kind) => hosted.get(kind),
    names: [...hosted.keys()],
    all: [...hosted.values()],
    handler: (kind, name) => {
      const commands = hosted.get(kind)?.kind.commands;
      return commands && Object.hasOwn(commands, name) ? commands[name] : undefined;
    },
  };
};
