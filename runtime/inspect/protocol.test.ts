import { describe, expect, it } from 'vitest';
import { createMachine, type InspectionEvent, initialTransition, type Snapshot } from 'xstate';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { actorFrame, stepFrames } from './frames.ts';
import { machineConfig } from './machine-config.ts';
import { asReceived, type InspectFrame } from './test-protocol.ts';

type Wire = InspectFrame['type'] extends InspectionEvent['type'] ? true : false;
type Statuses = Snapshot<unknown>['status'] extends 'active' | 'done' | 'error' | 'stopped' ? true : false;

const moment = { sessionId: '#a1b2', at: 1_768_472_430_197 };
const definition = JSON.stringify(machineConfig(conversationMachine));
const config = () => createMachine(JSON.parse(definition));

describe('the inspector’s protocol', () => {
  it('has no type of frame and no status that XState does not know', () => {
    const known: readonly [Wire, Statuses] = [true, true];
    expect(known).toEqual([true, true]);
  });

  it('is kept by the frames of the real machine, as they arrive', () => {
    const [snapshot] = initialTransition(config());
    const stand = { value: snapshot.value, context: { chatId: '971500000101', order: { lines: [] } } };
    const frames = [
      actorFrame(moment, 'conversation', definition, stand),
      ...stepFrames(moment, { type: 'customer.message' }, stand),
    ].map(asReceived);
    expect(frames.map(({ type }) => type)).toEqual(['@xstate.actor', '@xstate.event', '@xstate.snapshot']);
    expect(new Set(frames.map(({ rootId, sessionId }) => `${rootId} ${sessionId}`)).size).toBe(1);
  });

  it('carries a definition that the viewer can build, in which the value is a state', () => {
    const [snapshot] = initialTransition(config());
    const [actor] = [
      actorFrame(moment, 'conversation', definition, { value: snapshot.value, context: {} }),
    ].map(asReceived);
    if (actor?.type !== '@xstate.actor') throw new Error('the first frame tells of the actor');
    const built = createMachine(JSON.parse(actor.definition ?? ''));
    expect(built.id).toBe(conversationMachine.id);
    expect(actor.snapshot.value).toEqual(snapshot.value);
    const resolved = built.resolveState({ value: snapshot.value, context: {} });
    expect(resolved.matches({ turn: 'idle' })).toBe(true);
  });

  it('refuses what no viewer reads, so that this test can fail', () => {
    const [event] = stepFrames(moment, { type: 'MSG' }, { value: 'idle', context: {} });
    expect(() => asReceived({ ...event, extra: 1 })).toThrow();
    expect(() => asReceived({ ...event, createdAt: 1_768_472_430_197 })).toThrow();
    expect(() => asReceived({ ...event, type: '@xstate.microstep' })).toThrow();
  });
});
