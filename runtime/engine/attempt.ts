/** One attempt of one command: run the program, and decide what its end means. */
import { Cause, Effect, Exit, Option } from 'effect';
import { reasonOf } from './errors.ts';
import { encodeJson } from './json.ts';
import type { ClaimedCommand, Settlement } from './store/commands.ts';
import type { CommandFailure, CommandHandler, RetryPolicy } from './types.ts';

/** How an attempt ended; `interrupted`: the child was stopped or the replica is stopping. */
export type Ended =
  | { readonly tag: 'succeeded'; readonly output: unknown }
  | { readonly tag: 'failed'; readonly failure: CommandFailure }
  | { readonly tag: 'interrupted' };

/** Runs the handler's program under its time-out. Never rejects. */
export const runAttempt = async (
  handler: CommandHandler,
  command: ClaimedCommand,
  signal: AbortSignal,
): Promise<Ended> => {
  const { actorId, commandId, attempt, firstAttemptAt } = command;
  const program = Effect.suspend(() =>
    handler.run(command.input, { actorId, commandId, attempt, firstAttemptAt }),
  ).pipe(
    Effect.timeoutOrElse({
      duration: handler.timeoutMs,
      orElse: () => Effect.fail(timedOut(handler.timeoutMs)),
    }),
  );
  const exit = await Effect.runPromiseExit(program, { signal });
  if (Exit.isSuccess(exit)) return { tag: 'succeeded', output: exit.value };
  const failure = Option.getOrNull(Cause.findErrorOption(exit.cause));
  if (failure !== null) return { tag: 'failed', failure };
  if (Cause.hasInterruptsOnly(exit.cause) && signal.aborted) return { tag: 'interrupted' };
  return { tag: 'failed', failure: defect(Cause.squash(exit.cause)) };
};

/** An attempt took longer than the handler allows: the work may or may not have been done. */
const timedOut = (timeoutMs: number): CommandFailure => ({
  _tag: 'CommandTimedOut',
  message: `The command did not end within ${timeoutMs} ms.`,
  retryable: true,
});

/** A program died of something that is not in its error type: another try would die too. */
const defect = (cause: unknown): CommandFailure => ({
  _tag: 'CommandDefect',
  message: `The command's program is faulty: ${reasonOf(cause)}`,
  retryable: false,
});

/** A command whose replicas died under it again and again. */
export const abandoned = (attempts: number): CommandFailure => ({
  _tag: 'CommandAbandoned',
  message: `The command was started ${attempts} times and its process died each time: look for what it does to memory or the process.`,
  retryable: false,
});

/** A command of a name that this version has no handler for. */
export const unknownCommand = (name: string): CommandFailure => ({
  _tag: 'CommandUnknown',
  message: `There is no handler called ${name} in this version.`,
  retryable: false,
});

/**
 * Ms until the next attempt: exponential with half of it random. A vendor's own wish is respected, and exceeded by up to
 * a quarter at random, so that all who were told the same do not come back at once.
 */
export const backoffMs = (
  policy: RetryPolicy,
  attempt: number,
  random: number,
  retryAfterMs: number | undefined,
): number => {
  const full = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.ceil(Math.max(full * (0.5 + random / 2), (retryAfterMs ?? 0) * (1 + random / 4)));
};

export interface SettleRules {
  readonly now: number;
  readonly random: number;
  readonly retry: RetryPolicy;
  /** Longest JSON of a result event, characters. */
  readonly maxChars: number;
}

/** The database would not keep the output (nested too deep, for example), and never will. */
const refused: CommandFailure = {
  _tag: 'CommandOutputUnfit',
  message: "The database refuses the command's output: make it smaller or flatter.",
  retryable: false,
};

/** The rows that an ended attempt leaves behind. */
export const settlementOf = (
  command: ClaimedCommand,
  ended: Exclude<Ended, { tag: 'interrupted' }>,
  rules: SettleRules,
): Settlement => {
  const { actorId, commandId, kind, name, attempt, childId } = command;
  const ref = { actorId, commandId, kind, name, attempt, isFree: false, ifRefused: null };
  if (ended.tag === 'succeeded') {
    const json = storable(command, ended.output, rules.maxChars);
    if (typeof json === 'object') return settlementOf(command, { tag: 'failed', failure: json }, rules);
    const isAction = childId === null;
    return {
      ...ref,
      status: 'done',
      nextAt: null,
      error: null,
      output: isAction ? json : null,
      result: isAction ? null : json,
      ifRefused: settlementOf(command, { tag: 'failed', failure: refused }, rules),
    };
  }
  const { failure } = ended;
  const error = encodeJson({ _tag: failure._tag, message: failure.message, retryable: failure.retryable });
  const isFree =
    failure.unsent === true && rules.now - command.firstAttemptAt < (rules.retry.postponeMs ?? 0);
  if (failure.retryable && (isFree || attempt < rules.retry.maxAttempts)) {
    const wait = backoffMs(rules.retry, attempt, rules.random, failure.retryAfterMs);
    return { ...ref, status: 'pending', isFree, nextAt: rules.now + wait, error, output: null, result: null };
  }
  if (childId === null) return { ...ref, status: 'parked', nextAt: null, error, output: null, result: null };
  const result = `{"type":${JSON.stringify(`xstate.error.actor.${childId}`)},"error":${error},${identity(command)}}`;
  return { ...ref, status: 'failed', nextAt: null, error, output: null, result };
};

/** The JSON of the output (an action's) or of the result event (an invoke's); or why it cannot be kept. */
const storable = (command: ClaimedCommand, output: unknown, maxChars: number): string | CommandFailure => {
  const unfit = (why: string): CommandFailure => ({ ...defect(why), _tag: 'CommandOutputUnfit' });
  try {
    const json = encodeJson(output);
    if (json.length > maxChars) return unfit(`its output exceeds ${maxChars} characters`);
    if (command.childId === null) return json;
    const type = JSON.stringify(`xstate.done.actor.${command.childId}`);
    return `{"type":${type},"output":${json},${identity(command)}}`;
  } catch (error) {
    return unfit(`its output is not JSON (${reasonOf(error)})`);
  }
};

/** `actorId` is what XState calls the child here. */
const identity = ({ childId, commandId }: ClaimedCommand): string =>
  `"actorId":${JSON.stringify(childId)},"commandId":${JSON.stringify(commandId)}`;
