/**
 * Which tools the model may call now, and which of its calls are sound (contract 4). Arguments come from a model, so
 * they are checked before anything is run.
 */
import type { ToolSpec } from '../actors.ts';
import {
  type ConversationContext,
  LIMITS,
  type ParsedCall,
  type RefusedCall,
  type ToolCall,
} from '../context.ts';
import { TOOLS, toolNamed } from './registry.ts';

/** Tools whose call reads outside; the others only change the conversation. */
export const readsOutside = (name: string): boolean => toolNamed(name)?.kind === 'read';

/**
 * What the model may call now. Once the turn's allowance is spent nothing is offered, so the model must answer from
 * what was found (lesson F-49, domain 12.13).
 */
export const toolsFor = (context: ConversationContext): readonly ToolSpec[] => {
  const { turn } = context;
  const last = turn.modelCalls >= LIMITS.modelCallsPerTurn - 1;
  if (last || turn.repairs > 0 || turn.toolCalls >= LIMITS.toolCallsPerTurn) return [];
  return TOOLS.filter((tool) => tool.isOffered(context)).map((tool) => tool.spec);
};

/** Splits the model's calls into those that can be run and those to be refused with a reason the model can act on. */
export const parseToolCalls = (
  calls: readonly ToolCall[],
  offered: readonly ToolSpec[],
): { readonly calls: readonly ParsedCall[]; readonly refused: readonly RefusedCall[] } => {
  const names = new Set(offered.map((tool) => tool.function.name));
  const parsed: ParsedCall[] = [];
  const refused: RefusedCall[] = [];
  for (const call of calls) {
    const refuse = (reason: string) => void refused.push({ id: call.id, name: call.name, reason });
    const tool = toolNamed(call.name);
    if (!tool || !names.has(call.name)) {
      refuse(`There is no tool ${call.name} now.`);
      continue;
    }
    const args = parseObject(call.arguments);
    const problem = args ? tool.problem(args) : 'The arguments are not a JSON object.';
    if (problem || !args) refuse(problem ?? 'The arguments are not a JSON object.');
    else parsed.push({ id: call.id, name: call.name, args });
  }
  return { calls: parsed, refused };
};

const parseObject = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};
