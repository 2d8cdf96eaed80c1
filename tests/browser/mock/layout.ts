/** The statechart as the real server lays it out, once for a process of tests. */
import { conversationMachine } from '../../../machines/conversation/machine.ts';
import type { MachineLayoutView } from '../../../runtime/api/statechart-schemas.ts';
import { layoutView } from '../../../runtime/statechart/layout-view.ts';

let known: Promise<MachineLayoutView> | null = null;

export const machineLayout = (): Promise<MachineLayoutView> => {
  known ??= layoutView(conversationMachine, '1');
  return known;
};
