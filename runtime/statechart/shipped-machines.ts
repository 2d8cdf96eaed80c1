/** The machines whose statecharts people look at. */
import type { AnyStateMachine } from 'xstate';
import { CONVERSATION_VERSION, conversationMachine } from '../../machines/conversation/machine.ts';

export interface ShippedMachine {
  readonly machine: AnyStateMachine;
  readonly version: string;
}

const SHIPPED: readonly ShippedMachine[] = [{ machine: conversationMachine, version: CONVERSATION_VERSION }];

/** By the machine's id. */
export const shippedMachine = (id: string): ShippedMachine | null =>
  SHIPPED.find(({ machine }) => machine.id === id) ?? null;
