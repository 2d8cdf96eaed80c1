/**
 * What a tool is: how the model sees it, when it is offered, which arguments are sound, and how its use changes the
 * conversation. One file each; `registry.ts` lists them. None takes an identity, a price or a discount (contract 4).
 */
import type { ToolResult, ToolSpec } from '../actors.ts';
import type { ConversationContext, ParsedCall } from '../context.ts';
import type { InternalEvent } from '../machine-events.ts';
import type { Update } from '../updates/update.ts';

type Arguments = ParsedCall['args'];

/** What the use of a tool comes to. */
export interface Applied {
  readonly update: Update;
  /** For the other regions; their guards accept or refuse (design 6). */
  readonly raise: readonly InternalEvent[];
  /** What the model is told, as JSON. */
  readonly answer: object;
}

interface Described {
  readonly spec: ToolSpec;
  /** A tool that must not be used now is absent from the model's list (lesson F-06). */
  readonly isOffered: (context: ConversationContext) => boolean;
  /** What is wrong with the arguments, for the model, or `null`. */
  readonly problem: (args: Arguments) => string | null;
}

/** Read outside by the program `useTools`; the result is applied here. */
export interface ReadTool extends Described {
  readonly kind: 'read';
  readonly apply: (context: ConversationContext, result: ToolResult, at: number) => Applied;
}

/** Only changes the conversation. */
export interface ChangeTool extends Described {
  readonly kind: 'change';
  readonly apply: (context: ConversationContext, args: Arguments, at: number) => Applied;
}

export type Tool = ReadTool | ChangeTool;

export const always = (): boolean => true;

/** A string in a tool's parameters. */
export const text = (description: string) => ({ type: 'string', description });

export const toolSpec = (
  name: string,
  description: string,
  properties: object,
  required: readonly string[],
): ToolSpec => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  },
});

/** A text that says something and is no letter. */
export const isText = (value: unknown, max = 500): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= max;
