/** A machine's layout as the admin draws it. Costs about a second of CPU: see layout-worker.ts. */
import type { AnyStateMachine } from 'xstate';
import type { MachineLayoutView } from '../api/statechart-schemas.ts';
import { transitionWords } from '../conversations/labels.ts';
import { statesOf } from '../conversations/machine-graph.ts';
import { BRIEF_WORDING } from './brief-wording.ts';
import { type Arrow, layoutMachine, type RegionPicture } from './layout.ts';

export const layoutView = async (machine: AnyStateMachine, version: string): Promise<MachineLayoutView> => {
  const pictures = await layoutMachine(machine, BRIEF_WORDING);
  return { id: machine.id, version, states: statesOf(machine), regions: pictures.map(regionView) };
};

const regionView = ({ states, arrows, ...region }: RegionPicture): MachineLayoutView['regions'][number] => ({
  ...region,
  boxes: states.map(({ lines, ...box }) => ({ ...box, lines: lines.map(({ text }) => text) })),
  arrows: arrows.map(arrowView),
});

const arrowView = ({ from, to, moves, points, label }: Arrow) => ({
  from,
  to,
  points,
  label:
    label === null
      ? null
      : { x: label.x, y: label.y, width: label.width, lines: label.lines.map(({ text }) => text) },
  moves: moves.map(({ event, guard, description }) => ({
    event,
    guard,
    words: transitionWords(event),
    description,
  })),
});
