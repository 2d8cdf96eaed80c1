/**
 * The one way from a program to a model: within the job's caps, within the day's money, and booked whatever becomes of
 * it. An interrupted call is booked too: at some providers it runs to its end and is billed (wire/05 §3).
 */
import { Cause, Clock, Effect, Exit, Option } from 'effect';
import {
  ChatModel,
  type ChatModelError,
  type ChatReply,
  type ChatRequest,
  decimalOf,
  type StructuredReply,
  type StructuredRequest,
} from '../../adapters/openrouter/openrouter.ts';
import { Alerts } from '../conversation/alerts.ts';
import { priceCap } from './job-limits.ts';
import { type BudgetSpent, type CallEnd, type LedgerAway, ModelLedger } from './model-ledger.ts';

/** Who asks. */
export interface AskedBy {
  readonly conversationId: string | null;
  /** Stable across retries (contract 5). */
  readonly commandId: string;
  readonly attempt: number;
  readonly promptVersions: readonly string[];
}

type Paid<A> = Effect.Effect<A, ChatModelError | BudgetSpent | LedgerAway, ChatModel | ModelLedger | Alerts>;

export const askModel = (request: ChatRequest, by: AskedBy): Paid<ChatReply> =>
  paid(request, by, (model) => model.complete(request));

/** The reply's `value` fits the schema of `request.responseFormat`. */
export const askModelAs = <A>(request: StructuredRequest<A>, by: AskedBy): Paid<StructuredReply<A>> =>
  paid(request, by, (model) => model.complete(request));

/** `onText` gets each piece of the text, unchecked, as it comes; it must not throw. */
export const streamModel = (
  request: ChatRequest,
  by: AskedBy,
  onText: (text: string) => void,
): Paid<ChatReply> => paid(request, by, (model) => model.stream(request, onText));

const paid = <A extends ChatReply>(
  request: ChatRequest,
  by: AskedBy,
  ask: (model: ChatModel['Service']) => Effect.Effect<A, ChatModelError>,
): Paid<A> =>
  Effect.gen(function* () {
    const model = yield* ChatModel;
    const ledger = yield* ModelLedger;
    const cap = priceCap(request);
    if (typeof cap !== 'number') return yield* cap;
    const intent = { ...by, job: request.job, reserveUsd: decimalOf(cap) };
    const reserve = ledger.reserve(intent).pipe(Effect.tapErrorTag('BudgetSpent', tellManagers(by)));
    const startedAt = yield* Clock.currentTimeMillis;
    return yield* Effect.acquireUseRelease(
      reserve,
      () => ask(model),
      (reservation, exit) =>
        Clock.currentTimeMillis.pipe(
          Effect.flatMap((now) => ledger.settle(reservation, endOf(exit, now - startedAt))),
        ),
    );
  });

/** Failures of calls that were not processed: the vendor said so before it began. */
const FREE: ReadonlySet<string> = new Set(['ChatModelAccount', 'ChatModelRateLimited', 'ChatModelRejected']);

const endOf = <A extends ChatReply>(exit: Exit.Exit<A, ChatModelError>, durationMs: number): CallEnd => {
  if (Exit.isSuccess(exit)) {
    const { finishReason } = exit.value;
    return { outcome: 'answered', errorClass: null, bill: exit.value, free: false, finishReason, durationMs };
  }
  const common = { finishReason: null, durationMs };
  return Option.match(Cause.findErrorOption(exit.cause), {
    onSome: (error) => ({
      ...common,
      outcome: 'failed' as const,
      errorClass: error._tag,
      bill: error.bill ?? null,
      free: error.bill === undefined && isFree(error),
    }),
    onNone: () => ({
      ...common,
      outcome: Cause.hasInterruptsOnly(exit.cause) ? ('interrupted' as const) : ('failed' as const),
      errorClass: Cause.hasInterruptsOnly(exit.cause) ? null : 'Defect',
      bill: null,
      free: false,
    }),
  });
};

const isFree = (error: ChatModelError): boolean =>
  FREE.has(error._tag) || (error._tag === 'ChatModelUnavailable' && error.code === 'circuit_open');

/** The job that customers wait for; the others stop together, when their part of the shop's money is spent. */
const TALKING = 'dialogue';

/**
 * Once a day for each job whose own money is spent, and once for all of them but the dialogue when the shop's is: the
 * alert's id is the day's.
 */
const tellManagers = (by: AskedBy) => (spent: BudgetSpent) =>
  Effect.gen(function* () {
    const alerts = yield* Alerts;
    const together = spent.scope === 'shop' && spent.job !== TALKING;
    const stopped = together ? 'others' : spent.job;
    yield* alerts.raise(`model-budget:${stopped}:${spent.day}`, {
      conversationId: by.conversationId ?? '',
      chatId: '',
      trigger: null,
      reason: together
        ? 'The daily money is spent for all that models do but talk with customers'
        : `The daily money for ${spent.job} is spent`,
      summary: spent.message,
      lastLines: [],
    });
  }).pipe(
    Effect.catch((error) =>
      Effect.logWarning('an alert about a spent budget was not recorded', { reason: error.message }),
    ),
  );
