/**
 * Applies what the model's calls came to: each tool's change is folded into the conversation, and every call gets
 * exactly one answer. The model proposed; here the statechart's data decides (design 6).
 */
import type { UseToolsOutput } from '../actors.ts';
import type { ConversationContext, ModelStep, ParsedCall } from '../context.ts';
import type { InternalEvent } from '../machine-events.ts';
import type { Update } from '../updates/update.ts';
import { toolNamed } from './registry.ts';
import type { Applied } from './tool.ts';

/** Folds one step of tool use. `output`: what the read tools found, null when they could not be run at all. */
export const applyTools = (
  context: ConversationContext,
  output: UseToolsOutput | null,
  at: number,
): { readonly update: Update; readonly raise: readonly InternalEvent[] } => {
  const { calls, refused } = context.turn.proposed ?? { calls: [], refused: [] };
  const steps: ModelStep[] = refused.map((call) => answer(call.id, { ok: false, reason: call.reason }));
  const raise: InternalEvent[] = [];
  let update: Update = { turn: { ...context.turn, handOver: null } };
  for (const call of calls) {
    const applied = applyCall({ ...context, ...update }, call, output, at);
    update = { ...update, ...applied.update };
    raise.push(...applied.raise);
    steps.push(answer(call.id, applied.answer));
  }
  const turn = update.turn ?? context.turn;
  return {
    update: { ...update, turn: { ...turn, steps: [...turn.steps, ...steps], proposed: null } },
    raise,
  };
};

const applyCall = (
  context: ConversationContext,
  call: ParsedCall,
  output: UseToolsOutput | null,
  at: number,
): Applied => {
  const tool = toolNamed(call.name);
  if (tool?.kind === 'change') return tool.apply(context, call.args, at);
  const result = output?.results.find((candidate) => candidate.id === call.id)?.result;
  if (tool && result) return tool.apply(context, result, at);
  return { update: {}, raise: [], answer: { ok: false, reason: 'This cannot be checked right now.' } };
};

const answer = (toolCallId: string, content: object): ModelStep => ({
  role: 'tool',
  toolCallId,
  content: JSON.stringify(content),
});
