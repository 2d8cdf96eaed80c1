/** What a replica with the worker role runs: lanes, commands, timers and the polls behind them. */
import type { BatchOutcome } from './apply-batch.ts';
import { atMost, type Context } from './context.ts';
import type { Sink } from './deliver.ts';
import { type Lane, startLane } from './lane.ts';
import type { Notice, Notifier } from './notifier.ts';
import { type Poller, startPoller } from './poller.ts';
import { startReplica } from './replica.ts';
import { makeRunner, type Runner } from './runner.ts';
import { findPendingActors } from './store/find-work.ts';
import { startTimerAlarm, type TimerAlarm } from './timer-alarm.ts';
import type { AppliedStep } from './types.ts';

export interface Worker {
  /** Actors with new events. */
  readonly wake: (actorIds: readonly string[]) => void;
  /** Events that are to be made durable and applied. */
  readonly take: Sink;
  readonly hear: (notice: Notice) => void;
  /** Looks for everything at once: after a start, a reconnection, an operator's answer. */
  readonly lookAround: () => void;
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Added to the grace for batches in flight, ms. */
const STOP_SLACK_MS = 1000;

/** Starts all of it; the first looks are recovery: pending events, orphaned commands, due timers. */
export const startWorker = async (
  context: Context,
  notifier: Notifier,
  onSteps: (steps: readonly AppliedStep[]) => void,
): Promise<Worker> => {
  const replica = await startReplica(context);
  const lanes: Lane[] = [];
  const wake = (actorIds: readonly string[]): void => {
    for (const id of actorIds) lanes[laneOf(id, lanes.length)]?.add(id);
  };
  const take: Sink = (arrivals) => {
    const [only] = arrivals;
    if (only && arrivals.length === 1) return lanes[laneOf(only.row.actorId, lanes.length)]?.take(arrivals);
    for (const [lane, group] of Map.groupBy(arrivals, ({ row }) => laneOf(row.actorId, lanes.length))) {
      lanes[lane]?.take(group);
    }
  };
  const alarm = startTimerAlarm(context, wake);
  const runner = makeRunner(context, wake);
  const committed = (outcome: BatchOutcome): void => {
    for (const dueAt of outcome.timersDue) alarm.arm(dueAt);
    const elsewhere = outcome.cancelled.filter(([, replica]) => replica !== context.incarnation);
    runner.cancel(outcome.cancelled.map(([commandId]) => commandId));
    if (elsewhere.length > 0) notifier.cancel(elsewhere.map(([commandId]) => commandId));
    runner.start(
      outcome.commands.map(({ actorId, commandId, kind, name }) => ({ actorId, commandId, kind, name })),
    );
    if (outcome.steps.length === 0) return;
    notifier.heads(outcome.steps.map(({ row }) => row));
    onSteps(outcome.steps);
  };
  for (let i = 0; i < context.limits.lanes; i++) lanes.push(startLane(context, { committed }));
  const pollers = startPollers(context, wake, runner, alarm);
  const lookAround = (): void => {
    for (const poller of pollers) poller.now();
  };
  return {
    wake,
    take,
    lookAround,
    hear: (notice) => {
      if (notice.work) wake(notice.work);
      if (notice.cancel) runner.cancel(notice.cancel);
      if (notice.commands) lookAround();
    },
    stop: async (graceMs) => {
      // A batch in flight is usually milliseconds from its commit; a hung database must not hold the process.
      const still = Promise.all([...pollers, ...lanes, alarm].map((part) => part.stop()));
      await Promise.all([atMost(still, graceMs + STOP_SLACK_MS), runner.stop(graceMs)]);
      await replica.stop();
    },
  };
};

const startPollers = (
  context: Context,
  wake: (actorIds: readonly string[]) => void,
  runner: Runner,
  alarm: TimerAlarm,
): readonly Poller[] => {
  const { limits, db, host, clock } = context;
  let after = 0;
  const pending = async (): Promise<boolean> => {
    const receivedBefore = clock.now() - limits.pollGraceMs;
    const query = { kinds: host.names, receivedBefore, after, limit: limits.pendingPage };
    const found = await findPendingActors(db.pool, query);
    wake(found.map(({ actorId }) => actorId));
    const full = found.length >= limits.pendingPage;
    after = full ? (found.at(-1)?.pos ?? 0) : 0;
    return full;
  };
  const once = (look: () => Promise<void>) => async (): Promise<boolean> => {
    await look();
    return false;
  };
  return [
    startPoller(context, 'mailbox', pending),
    startPoller(
      context,
      'commands',
      once(() => runner.poll()),
    ),
    startPoller(
      context,
      'timers',
      once(() => alarm.poll()),
    ),
  ];
};

/** FNV-1a: cheap, and spreads ids that differ in their last digits. */
const laneOf = (id: string, lanes: number): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % lanes;
};
