/** Tries changed prompts on a past turn: the same facts, the same question, other sections (issue of prompts). */
import { Cause, type Context, Effect, Exit } from 'effect';
import type { Pool } from 'pg';
import type { Alerts } from '../../actors/conversation/alerts.ts';
import type { ModelLedger } from '../../actors/model/model-ledger.ts';
import { tryPrompt } from '../../actors/prompts/try-prompt.ts';
import type { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import type { ThinkInput } from '../../machines/conversation/actors.ts';
import type { ConversationContext, PromptSection, ToolCall } from '../../machines/conversation/context.ts';
import { groundingFactsOf } from '../../machines/conversation/grounding/from-context.ts';
import { findFaults } from '../../machines/conversation/grounding/ground.ts';
import { buildThinkInput } from '../../machines/conversation/prompt.ts';
import type { PromptTrialBody, PromptTrialView } from '../api/house-schemas.ts';
import type { EngineApi, JournalRow } from '../engine/types.ts';

export type TrialServices = Alerts | ChatModel | ModelLedger;

export interface PromptTrialOptions {
  readonly pool: Pool;
  readonly engine: Pick<EngineApi, 'journal' | 'snapshotAt'>;
  readonly services: Context.Context<TrialServices>;
  /** A new id for each trial: a trial is booked like any other call. */
  readonly newId: () => string;
}

export type PromptTrial =
  | { readonly status: 'tried'; readonly view: PromptTrialView }
  /** The bot has not asked the model anything there, or it is forgotten. */
  | { readonly status: 'missing' }
  /** What to do next, in words. */
  | { readonly status: 'refused'; readonly code: string; readonly message: string };

/** Rows after the question within which its answer is looked for: a call ends, is retried, or was superseded. */
const ANSWER_WITHIN = 40;

const ASKED_SQL = `
select seq from journal
 where actor_id = $1 and seq <= $2 and commands @> '[{"name":"think"}]'
 order by seq desc limit 1`;

const DONE = 'xstate.done.actor.think';

interface Answered {
  readonly text: string | null;
  readonly toolCalls: readonly ToolCall[];
}

const isAnswer = (output: unknown): output is Answered =>
  typeof output === 'object' && output !== null && 'text' in output && 'toolCalls' in output;

const answerIn = (rows: readonly JournalRow[]): Answered | null => {
  for (const { event } of rows) {
    if (event.type !== DONE || !('output' in event)) continue;
    if (isAnswer(event.output)) return event.output;
  }
  return null;
};

const saidOf = ({ text, toolCalls }: Answered): PromptTrialView['after'] => ({
  text,
  tools: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
});

/** The context of then, with the sections that are tried in place of those of the same name. */
const withSections = (
  context: ConversationContext,
  tried: PromptTrialBody['sections'],
): ConversationContext => {
  const kept = context.briefing.sections.filter(
    ({ section }) => !tried.some((draft) => draft.section === section),
  );
  // Version 0: a draft that has no number.
  const drafts: readonly PromptSection[] = tried.map((draft) => ({ ...draft, version: 0 }));
  return { ...context, briefing: { ...context.briefing, sections: [...kept, ...drafts] } };
};

const questionOf = (input: ThinkInput): string => {
  const last = input.messages.findLast((message) => message.role === 'user');
  return last?.content ?? '';
};

export const makePromptTrial = (options: PromptTrialOptions) => {
  const { pool, engine, services } = options;
  return async ({ conversationId, seq, sections }: PromptTrialBody): Promise<PromptTrial> => {
    const found = await pool.query<{ seq: string | number }>(ASKED_SQL, [
      conversationId,
      seq ?? Number.MAX_SAFE_INTEGER,
    ]);
    const at = found.rows[0] === undefined ? null : Number(found.rows[0].seq);
    if (at === null) return { status: 'missing' };
    const [then, rows] = await Promise.all([
      engine.snapshotAt(conversationId, at),
      engine.journal(conversationId, at - 1, ANSWER_WITHIN),
    ]);
    const asked = rows[0];
    if (then === null || asked === undefined) return { status: 'missing' };
    const context = withSections(then.context as ConversationContext, sections);
    const input = buildThinkInput(context);
    const exit = await Effect.runPromiseExit(
      tryPrompt(input, `prompt-trial:${options.newId()}`).pipe(Effect.provideContext(services)),
    );
    if (Exit.isFailure(exit)) {
      const error = Cause.squash(exit.cause);
      const message = error instanceof Error ? error.message : 'Look into the log of the server.';
      return { status: 'refused', code: 'model_failed', message };
    }
    const tried = exit.value;
    const before = answerIn(rows.slice(1));
    return {
      status: 'tried',
      view: {
        seq: at,
        at: new Date(asked.at).toISOString(),
        question: questionOf(input),
        promptVersions: input.promptVersions,
        before: before === null ? null : saidOf(before),
        after: saidOf(tried),
        faults:
          tried.text === null || tried.toolCalls.length > 0
            ? []
            : findFaults(tried.text, groundingFactsOf(context)).map(({ problem }) => problem),
        model: tried.model,
        costUsd: tried.costUsd,
      },
    };
  };
};
