/** The events that an operator may send now: the admin's buttons are exactly what the current state accepts. */
import type { AnyMachineSnapshot } from 'xstate';
import { metaOf } from './labels.ts';

const SOMEBODY = { id: 'anybody', name: 'anybody' };

/** A sample of each event that the admin can send. */
const SAMPLES = [
  { type: 'manager.takeOver', by: SOMEBODY },
  { type: 'manager.release', by: SOMEBODY, note: null },
  { type: 'manager.reply', by: SOMEBODY, text: 'sample' },
  { type: 'manager.template', by: SOMEBODY, template: { id: 'sample', values: [] }, text: 'sample' },
  { type: 'manager.note', by: SOMEBODY, text: 'sample' },
  { type: 'manager.close', by: SOMEBODY },
] as const;

export const allowedEvents = (snapshot: AnyMachineSnapshot, now: number): readonly string[] =>
  SAMPLES.filter((event) => snapshot.can({ ...event, at: now })).map((event) => event.type);

/** The region that a state path belongs to, in words, for messages about refused events. */
export const inWords = (states: readonly string[]): string =>
  states.map((state) => metaOf(state).label).join(', ');
