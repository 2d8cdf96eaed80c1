/**
 * One reading of one dialogue by the judge (domain 6.1, 6.13, 6.15, 7.2): at temperature 0, in a strict form, with
 * evidence that is looked up in the transcript. The claim is written before the model is asked; only a call that
 * certainly cost nothing gives it back.
 */
import { Clock, Effect } from 'effect';
import type pg from 'pg';
import {
  type ChatModelError,
  decimalOf,
  type StructuredReply,
  type StructuredRequest,
} from '../../adapters/openrouter/openrouter.ts';
import { type ShownDialogue, showDialogue } from '../../machines/quality/transcript.ts';
import type { ReviewTask } from '../../machines/review/machine.ts';
import type { AnyVerdict, ReviewReading } from '../../machines/review/result.ts';
import { makeDatabase, type Transactions } from '../catalog/database.ts';
import { askModelAs } from '../model/ask-model.ts';
import { priceCap } from '../model/job-limits.ts';
import type { BudgetSpent, LedgerAway } from '../model/model-ledger.ts';
import { knownStop, stops, tellStop } from './budget-stop.ts';
import { DialogueSource } from './dialogue-source.ts';
import {
  NothingToJudge,
  ReadingLost,
  RunSpent,
  ScopeBusy,
  ScopeSpent,
  TranscriptsOff,
  VerdictRefused,
} from './judge-errors.ts';
import { JudgeSettings } from './judge-settings.ts';
import { FORMS, type ReadingForm } from './reading-forms.ts';
import {
  type Claimed,
  claimReading,
  endReading,
  type ReadingClaim,
  type ReadingState,
  readReading,
  releaseReading,
} from './reading-table.ts';

/** Domain 6.14: the first try and two more. */
export const MAX_TRIES = 3;
export const JUDGE_TIMEOUT_MS = 90_000;

export const judgeDialogue = (pool: pg.Pool) => {
  const db = makeDatabase(pool);
  return Effect.fn('judgeDialogue')(function* (task: ReviewTask, { commandId }: { commandId: string }) {
    // Each scope's form fits its own verdict; what is common to them is written once.
    const form = FORMS[task.scope] as unknown as ReadingForm<AnyVerdict>;
    const before = yield* readReading(db, commandId);
    if (before.state === 'done') return yield* stored(task, before);
    if (before.state === 'asking') return yield* lost();
    if (before.try >= MAX_TRIES) return yield* refused('every try was refused', MAX_TRIES);
    const policy = yield* Effect.flatMap(JudgeSettings, (settings) => settings.policy(task.scope));
    if (!policy.showsTranscripts) return yield* transcriptsOff();
    const dialogue = yield* shown(task);
    const request = requestOf(form, policy.model, dialogue, task);
    const cap = priceCap(request);
    if (typeof cap !== 'number') return yield* cap;
    const claim: ReadingClaim = {
      commandId,
      try: before.try + 1,
      scope: task.scope,
      conversationId: task.conversationId,
      run: task.run,
      at: yield* Clock.currentTimeMillis,
      promptVersion: form.promptVersion,
      model: policy.model,
      reserveUsd: decimalOf(cap),
    };
    const claimed = yield* claimReading(db, claim, policy);
    if (claimed === 'day') yield* tellStop(db, claim.scope, claim, policy);
    if (claimed === 'all') yield* tellStop(db, 'all', claim, policy);
    yield* granted(claimed);
    const reply = yield* askModelAs(request, {
      conversationId: claim.conversationId,
      commandId,
      attempt: claim.try,
      promptVersions: [claim.promptVersion],
    }).pipe(
      Effect.tapError((error) => settleFailure(db, claim, error)),
      // The books of all jobs stop reviews as well, and have told managers.
      Effect.tapErrorTag('BudgetSpent', () =>
        stops(db, claim, policy).pipe(Effect.andThen(knownStop(db, claim, policy))),
      ),
    );
    yield* take(db, claim, reply, form, dialogue);
    return yield* stored(task, yield* readReading(db, commandId));
  });
};

/** Whose words are judged: without any there is nothing to ask. */
const SPEAKER = { bot: 'bot', manager: 'manager', flags: 'bot' } as const;

const shown = Effect.fnUntraced(function* ({ scope, conversationId, until, extent }: ReviewTask) {
  const source = yield* DialogueSource;
  const lines = yield* source.transcript(conversationId, until);
  if (!lines.some(({ from }) => from === SPEAKER[scope])) {
    return yield* new NothingToJudge({
      message: 'The one whose work is reviewed said nothing in this dialogue, so there is nothing to judge.',
      retryable: false,
    });
  }
  return showDialogue(lines, yield* source.personal(conversationId), extent);
});

const requestOf = (
  form: ReadingForm<AnyVerdict>,
  model: string,
  dialogue: ShownDialogue,
  task: ReviewTask,
): StructuredRequest<AnyVerdict> => ({
  job: 'quality',
  model,
  // A fallback would be another judge with another scale.
  fallbackModels: [],
  messages: form.messages(dialogue, task),
  maxTokens: form.maxTokens,
  temperature: 0,
  timeoutMs: JUDGE_TIMEOUT_MS - 5000,
  responseFormat: form.responseFormat,
});

/** Stores the verdict with its evidence, or that and why it is refused. */
const take = Effect.fnUntraced(function* (
  db: Transactions,
  claim: ReadingClaim,
  { value, model, usage }: StructuredReply<AnyVerdict>,
  form: ReadingForm<AnyVerdict>,
  { lines }: ShownDialogue,
) {
  const refusal = form.refuse(value, lines);
  const bill = { model, cost: usage.costUsd };
  if (refusal === null) {
    return yield* endReading(db, claim, { ...bill, verdict: form.withEvidence(value, lines), reason: null });
  }
  yield* endReading(db, claim, { ...bill, verdict: null, reason: refusal.message });
  return yield* refused(refusal.message, claim.try);
});

const stored = ({ scope }: ReviewTask, { verdict, model, promptVersion, costUsd }: ReadingState) =>
  verdict === null || model === null || promptVersion === null
    ? Effect.die(new Error('a reading is done and holds no verdict'))
    : // The row was written by the form of this scope.
      Effect.succeed({ scope, verdict, model, promptVersion, costUsd } as ReviewReading);

const granted = (claimed: Claimed): Effect.Effect<void, ReadingLost | ScopeBusy | ScopeSpent | RunSpent> => {
  switch (claimed) {
    case 'claimed':
      return Effect.void;
    case 'taken':
      return Effect.fail(lost());
    case 'busy':
      return Effect.fail(
        new ScopeBusy({
          message:
            'What is left of the day is promised to readings under way; it is asked again in a moment.',
          retryable: true,
        }),
      );
    case 'all':
      return Effect.fail(
        new ScopeSpent({
          message:
            'What all reviews together may spend in a day is used up. Raise it in the settings (reviews), or wait for the next business day.',
          retryable: false,
        }),
      );
    case 'day':
      return Effect.fail(
        new ScopeSpent({
          message:
            'What reviews of this kind may spend or ask in a day is used up. Raise it in the settings (reviews), or wait for the next business day.',
          retryable: false,
        }),
      );
    case 'run':
      return Effect.fail(
        new RunSpent({
          message:
            'This run of the calendar has asked the judge as often as it may; the next one takes the rest.',
          retryable: false,
        }),
      );
  }
};

const refused = (what: string, tried: number) =>
  new VerdictRefused({
    message: `The judge's answer was refused: ${what}. ${tried < MAX_TRIES ? 'It is asked again.' : 'Try another judge model.'}`,
    retryable: tried < MAX_TRIES,
  });

const lost = () =>
  new ReadingLost({
    message:
      'The process stopped while the judge was asked, which may have been paid; review the dialogue by hand to ask again.',
    retryable: false,
  });

const transcriptsOff = () =>
  new TranscriptsOff({
    message:
      'The settings let no model read what customers write; choose "summary" or "full" (reviews) to have reviews.',
    retryable: false,
  });

type AskError = ChatModelError | BudgetSpent | LedgerAway;

/** Refused before it began: by the day's money, by the vendor, or by our own circuit. */
const costNothing = (error: AskError): boolean => {
  switch (error._tag) {
    case 'BudgetSpent':
    case 'LedgerAway':
    case 'ChatModelAccount':
    case 'ChatModelRateLimited':
    case 'ChatModelRejected':
      return true;
    case 'ChatModelUnavailable':
      return error.code === 'circuit_open';
    default:
      return false;
  }
};

/** An answer that is none counts as a try; so does a provider that failed after it may have begun. */
const settleFailure = (db: Transactions, claim: ReadingClaim, error: AskError) => {
  if (costNothing(error)) return releaseReading(db, claim);
  const bill = 'bill' in error ? error.bill : undefined;
  return endReading(db, claim, {
    verdict: null,
    reason: error._tag,
    model: bill?.model ?? null,
    cost: bill?.usage.costUsd ?? null,
  });
};
