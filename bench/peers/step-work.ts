/** The workload's step for those who keep the snapshot themselves: text in, text out. */
import { persistedSnapshot } from '../../runtime/engine/persisted-snapshot.ts';
import { makeStepper } from '../../runtime/engine/step.ts';
import { type Message, type WorkContext, workMachine } from '../workload.ts';

const stepper = makeStepper(workMachine, { guardsPerStep: 64, microsteps: 1000 });

export interface Stepped {
  /** JSON of the XState snapshot. */
  readonly snapshot: string;
  /** JSON of the inputs of the commands that the step asked for. */
  readonly commands: readonly string[];
}

/** Takes one message. `stored` null: the actor's first. */
export const stepWork = (stored: string | null, { n, text }: Message): Stepped => {
  const before =
    stored === null
      ? stepper.begin(undefined).snapshot
      : stepper.machine.restoreSnapshot(JSON.parse(stored), stepper.scope);
  const { snapshot, actions } = stepper.step(before, { type: 'MESSAGE', n, text });
  return {
    snapshot: JSON.stringify(persistedSnapshot(snapshot)),
    commands: actions.flatMap((action) => (action.op === 'command' ? [JSON.stringify(action.input)] : [])),
  };
};

export const contextOf = (snapshot: string): WorkContext =>
  (JSON.parse(snapshot) as { readonly context: WorkContext }).context;
