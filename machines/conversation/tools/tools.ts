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

/** What the state of the conversation offers, shown to the model in every call of the turn. */
export const toolsShown = (context: ConversationContext): readonly ToolSpec[] =>
  TOOLS.filter((tool) => tool.isOffered(context)).map((tool) => tool.spec);

/**
 * False once the turn's allowance is spent: the model must answer from what was found (lesson F-49, domain 12.13). The
 * tools are still shown then and forbidden by `tool_choice`, for a list that changes would void the provider's cache of
 * all that follows it (wire/05 §7).
 */
export const mayCallTools = ({ turn }: ConversationContext): boolean => {
  const last = turn.modelCalls >= LIMITS.modelCallsPerTurn - 1;
  return !last && turn.repairs === 0 && turn.toolCalls < LIMITS.toolCallsPerTurn;
};

/** What the model may call now. */
export const toolsFor = (context: ConversationContext): readonly ToolSpec[] =>
  mayCallTools(context) ? toolsShown(context) : [];

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
