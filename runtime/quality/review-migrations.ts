/** Reviews of older versions of the machine (G9), and commands that they left. */
import type { Extent } from '../../machines/quality/transcript.ts';
import type { ReviewContext, ReviewTask } from '../../machines/review/machine.ts';
import type { ReviewFacts, ReviewReading, ReviewResult } from '../../machines/review/result.ts';
import { migration } from '../engine/migrations.ts';
import type { Migration } from '../engine/types.ts';

type Scoped = 'scope' | 'until' | 'run' | 'extent' | 'facts' | 'readings' | 'result';
type ContextOf1 = Omit<ReviewContext, Scoped> & {
  readonly facts: Omit<Extract<ReviewFacts, { scope: 'bot' }>, 'scope'> | null;
  readonly readings: readonly Omit<Extract<ReviewReading, { scope: 'bot' }>, 'scope'>[];
  readonly result: Omit<Extract<ReviewResult, { scope: 'bot' }>, 'scope'> | null;
};

/** All there was were dialogues, and the judge saw as much of them as it may see at all. */
const EXTENT_OF_1: Extent = 'full';

const scopes = migration<ContextOf1, ReviewContext>({
  from: '1',
  to: '2',
  migrate: (snapshot) => {
    const { facts, readings, result, ...context } = snapshot.context;
    return {
      ...snapshot,
      context: {
        ...context,
        scope: 'bot',
        until: context.activityAt,
        run: null,
        extent: EXTENT_OF_1,
        facts: facts === null ? null : { scope: 'bot', ...facts },
        readings: readings.map((reading) => ({ scope: 'bot', ...reading })),
        result: result === null ? null : { scope: 'bot', ...result },
      },
    };
  },
});

export const REVIEW_MIGRATIONS: readonly Migration[] = [scopes];

/** A command that waited in the outbox through the change of version holds what it was asked for then. */
export const taskOf = ({ conversationId, until, ...task }: Partial<ReviewTask>): ReviewTask => ({
  scope: task.scope ?? 'bot',
  conversationId: conversationId ?? '',
  activityAt: task.activityAt ?? until ?? 0,
  until: until ?? 0,
  run: task.run ?? null,
  extent: task.extent ?? EXTENT_OF_1,
});
