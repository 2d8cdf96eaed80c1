/**
 * One reading of one dialogue by the judge (domain 6.1, 6.15): at temperature 0, in a strict form, with evidence that is
 * looked up in the transcript. The claim is written before the model is asked; only a call that certainly cost nothing
 * gives it back.
 */
import { Clock, Effect, Schema } from 'effect';
import type pg from 'pg';
import type { ChatModelError, StructuredReply } from '../../adapters/openrouter/openrouter.ts';
import { JUDGE_PROMPT_VERSION, judgeMessages } from '../../machines/quality/judge-prompt.ts';
import { type ShownDialogue, showDialogue } from '../../machines/quality/transcript.ts';
import { refuseVerdict, type Verdict } from '../../machines/quality/verdict.ts';
import { makeDatabase, type Transactions } from '../catalog/database.ts';
import { askModelAs } from '../model/ask-model.ts';
import type { BudgetSpent, LedgerAway } from '../model/model-ledger.ts';
import { DialogueSource } from './dialogue-source.ts';
import { NothingToJudge, ReadingLost, VerdictRefused } from './judge-errors.ts';
import { JudgeSettings } from './judge-settings.ts';
import {
  claimReading,
  endReading,
  type ReadingClaim,
  type ReadingState,
  readReading,
  releaseReading,
} from './reading-table.ts';

/** Domain 6.14: the first try and two more. */
export const MAX_TRIES = 3;
/** Fifteen criteria with comments and quotes are some 3,000 tokens; Arabic quotes take more. */
const MAX_TOKENS = 6000;
export const JUDGE_TIMEOUT_MS = 90_000;

const Line = Schema.String.check(Schema.isMaxLength(600));
const Lines = Schema.Array(Line).check(Schema.isMaxLength(5));
const VerdictForm = Schema.Struct({
  criteria: Schema.Array(
    Schema.Struct({
      rule: Schema.Int,
      score: Schema.Literals([0, 1, 2]),
      comment: Line,
      quotes: Schema.Array(Line).check(Schema.isMaxLength(2)),
    }),
  ).check(Schema.isMaxLength(30)),
  strengths: Lines,
  weaknesses: Lines,
  recommendations: Lines,
  nextAction: Line,
});

export interface JudgeInput {
  readonly conversationId: string;
  /** What was said until then is judged, ms since the epoch. */
  readonly until: number;
}

export interface Reading {
  readonly verdict: Verdict;
  /** The model that answered. */
  readonly model: string;
  readonly promptVersion: string;
  /** Of all tries, plain decimal US dollars; null: unknown. */
  readonly costUsd: string | null;
}

export const judgeDialogue = (pool: pg.Pool) => {
  const db = makeDatabase(pool);
  return Effect.fn('judgeDialogue')(function* (input: JudgeInput, { commandId }: { commandId: string }) {
    const before = yield* readReading(db, commandId);
    if (before.state === 'done') return yield* stored(before);
    if (before.state === 'asking') return yield* lost();
    if (before.try >= MAX_TRIES) return yield* refused('every try was refused', MAX_TRIES);
    const dialogue = yield* shown(input);
    const { model } = yield* JudgeSettings;
    const claim: ReadingClaim = {
      commandId,
      try: before.try + 1,
      conversationId: input.conversationId,
      at: yield* Clock.currentTimeMillis,
      promptVersion: JUDGE_PROMPT_VERSION,
      model,
    };
    if (!(yield* claimReading(db, claim))) return yield* lost();
    const reply = yield* ask(claim, dialogue).pipe(
      Effect.tapError((error) => settleFailure(db, claim, error)),
    );
    yield* take(db, claim, reply, dialogue);
    return yield* stored(yield* readReading(db, commandId));
  });
};

const shown = Effect.fnUntraced(function* ({ conversationId, until }: JudgeInput) {
  const source = yield* DialogueSource;
  const lines = yield* source.transcript(conversationId, until);
  if (!lines.some(({ from }) => from === 'bot')) {
    return yield* new NothingToJudge({
      message: 'The assistant said nothing in this dialogue, so there is nothing to judge.',
      retryable: false,
    });
  }
  return showDialogue(lines, yield* source.personal(conversationId));
});

const ask = (claim: ReadingClaim, dialogue: ShownDialogue) =>
  askModelAs<Verdict>(
    {
      job: 'quality',
      model: claim.model,
      // A fallback would be another judge with another scale.
      fallbackModels: [],
      messages: judgeMessages(dialogue),
      maxTokens: MAX_TOKENS,
      temperature: 0,
      timeoutMs: JUDGE_TIMEOUT_MS - 5000,
      responseFormat: { name: 'verdict', schema: VerdictForm },
    },
    {
      conversationId: claim.conversationId,
      commandId: claim.commandId,
      attempt: claim.try,
      promptVersions: [claim.promptVersion],
    },
  );

/** Stores the verdict, or that and why it is refused. */
const take = Effect.fnUntraced(function* (
  db: Transactions,
  claim: ReadingClaim,
  { value, model, usage }: StructuredReply<Verdict>,
  dialogue: ShownDialogue,
) {
  const refusal = refuseVerdict(value, dialogue.lines);
  const bill = { model, cost: usage.costUsd };
  if (refusal === null) return yield* endReading(db, claim, { ...bill, verdict: value, reason: null });
  yield* endReading(db, claim, { ...bill, verdict: null, reason: refusal.message });
  return yield* refused(refusal.message, claim.try);
});

const stored = ({ verdict, model, promptVersion, costUsd }: ReadingState) =>
  verdict === null || model === null || promptVersion === null
    ? Effect.die(new Error('a reading is done and holds no verdict'))
    : Effect.succeed<Reading>({ verdict, model, promptVersion, costUsd });

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
