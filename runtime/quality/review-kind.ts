/** The review as a kind of actor: the machine, its programs and how each is tried, its list. */
import { type Context, Effect } from 'effect';
import type pg from 'pg';
import type { Alerts } from '../../actors/conversation/alerts.ts';
import type { ModelLedger } from '../../actors/model/model-ledger.ts';
import { ANNOUNCE_TIMEOUT_MS, announceReview } from '../../actors/quality/announce-review.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { JUDGE_TIMEOUT_MS, judgeDialogue, MAX_TRIES } from '../../actors/quality/judge-dialogue.ts';
import type { JudgeSettings } from '../../actors/quality/judge-settings.ts';
import type { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import {
  REVIEW_VERSION,
  type ReviewNews,
  type ReviewTask,
  reviewMachine,
} from '../../machines/review/machine.ts';
import { parseReviewId, REVIEW_KIND } from '../../machines/review/review-id.ts';
import type { ActorKind } from '../engine/types.ts';
import { reviewList } from './review-list.ts';
import { REVIEW_MIGRATIONS, taskOf } from './review-migrations.ts';

export type ReviewServices = Alerts | ChatModel | DialogueSource | JudgeSettings | ModelLedger;

/** Nobody waits for a review: slow tries, and an outage of the vendor is waited out for a day. */
const PATIENT_MS = 86_400_000;

export const reviewKind = (services: Context.Context<ReviewServices>, pool: pg.Pool): ActorKind => {
  const judge = judgeDialogue(pool);
  return {
    kind: REVIEW_KIND,
    machine: reviewMachine,
    version: REVIEW_VERSION,
    inputFor: (actorId) => {
      const subject = parseReviewId(actorId);
      if (subject === null)
        throw new Error('A review id is review:[<scope>:]<activity ms>:<conversation id>.');
      return subject;
    },
    commands: {
      gatherFacts: {
        run: (task: ReviewTask) =>
          Effect.flatMap(DialogueSource, (source) => source.facts(taskOf(task))).pipe(
            Effect.provideContext(services),
          ),
        timeoutMs: 20_000,
        retry: { maxAttempts: 5, baseMs: 1000, capMs: 30_000 },
        vendor: 'quality',
      },
      judgeDialogue: {
        run: (task: ReviewTask, info) => judge(taskOf(task), info).pipe(Effect.provideContext(services)),
        timeoutMs: JUDGE_TIMEOUT_MS,
        // Paid tries are counted by the program itself; the others are refusals that cost nothing.
        retry: { maxAttempts: MAX_TRIES + 5, baseMs: 2000, capMs: 600_000, postponeMs: PATIENT_MS },
        vendor: 'openrouter-quality',
      },
      announceReview: {
        run: (news: ReviewNews | null) => announceReview(news).pipe(Effect.provideContext(services)),
        timeoutMs: ANNOUNCE_TIMEOUT_MS,
        retry: { maxAttempts: 8, baseMs: 2000, capMs: 300_000 },
        vendor: 'telegram',
      },
    },
    projections: [reviewList],
    migrations: REVIEW_MIGRATIONS,
  };
};
