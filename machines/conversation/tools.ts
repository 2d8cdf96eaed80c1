/**
 * The tools offered to the model (contract 4). Which are offered depends on the state; none takes an identity, a price
 * or a discount. Arguments come from a model, so they are checked here before anything is run.
 */
import type { ToolSpec } from './actors.ts';
import {
  type ConversationContext,
  LIMITS,
  type ParsedCall,
  type RefusedCall,
  type SlotName,
  type ToolCall,
} from './context.ts';

const string = (description: string) => ({ type: 'string', description });

const spec = (
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

export const CUSTOMER_SLOTS: readonly SlotName[] = [
  'name',
  'company',
  'individual',
  'email',
  'position',
  'business',
  'address',
  'need',
  'budget',
];

const SPECS = {
  search_products: spec(
    'search_products',
    'Find furniture in the catalog. Returns names, SKUs, prices and stock.',
    {
      query: string('What is looked for, in the customer’s words'),
      category: string('Category name, when the customer named one'),
      max_price: { type: 'number', description: 'Highest unit price in AED' },
      in_stock: { type: 'boolean', description: 'Only items that are in stock' },
      limit: { type: 'integer', minimum: 1, maximum: 10 },
    },
    ['query'],
  ),
  check_stock: spec(
    'check_stock',
    'Read the live price and stock of one item.',
    { sku: string('SKU as the customer or the catalog wrote it') },
    ['sku'],
  ),
  search_knowledge: spec(
    'search_knowledge',
    'Look up delivery, warranty, showroom, payment, assembly, samples and the company itself.',
    { query: string('The question') },
    ['query'],
  ),
  set_selection: spec(
    'set_selection',
    'Replace what the customer wants to buy with these lines.',
    {
      items: {
        type: 'array',
        minItems: 1,
        maxItems: 30,
        items: {
          type: 'object',
          properties: { sku: string('SKU'), quantity: { type: 'integer', minimum: 1 } },
          required: ['sku', 'quantity'],
          additionalProperties: false,
        },
      },
    },
    ['items'],
  ),
  update_customer: spec(
    'update_customer',
    'Keep what the customer said about themselves. Only what they said, nothing guessed.',
    Object.fromEntries(
      CUSTOMER_SLOTS.map((slot) => [slot, slot === 'individual' ? { type: 'boolean' } : string(slot)]),
    ),
    [],
  ),
  hand_over: spec(
    'hand_over',
    'Ask a human manager to take this conversation over.',
    {
      reason: { type: 'integer', minimum: 1, maximum: 18, description: 'Number of the trigger' },
      summary: string('What the manager should know, in English'),
    },
    ['reason', 'summary'],
  ),
} satisfies Record<string, ToolSpec>;

export type ToolName = keyof typeof SPECS;

const isTool = (name: string): name is ToolName => Object.hasOwn(SPECS, name);

/** Tools whose call reads outside; the others only change the conversation. */
const READS: ReadonlySet<string> = new Set([
  'search_products',
  'check_stock',
  'search_knowledge',
  'set_selection',
]);
export const readsOutside = (name: string): boolean => READS.has(name);

/**
 * What the model may call now. Once the turn's allowance is spent nothing is offered, so the model must answer from
 * what was found (lesson F-49, domain 12.13).
 */
export const toolsFor = (context: ConversationContext): readonly ToolSpec[] => {
  const { turn } = context;
  const last = turn.modelCalls >= LIMITS.modelCallsPerTurn - 1;
  if (last || turn.repairs > 0 || turn.toolCalls >= LIMITS.toolCallsPerTurn) return [];
  const searchesLeft = turn.searches < LIMITS.searchesPerTurn;
  return Object.values(SPECS).filter((tool) => searchesLeft || tool.function.name !== 'search_products');
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
    if (!isTool(call.name) || !names.has(call.name)) {
      refuse(`There is no tool ${call.name} now.`);
      continue;
    }
    const args = parseObject(call.arguments);
    const problem = args ? problemOf(call.name, args) : 'The arguments are not a JSON object.';
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

const isText = (value: unknown, max = 500): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= max;

/** What is wrong with the arguments, or `null`. */
const problemOf = (name: ToolName, args: Readonly<Record<string, unknown>>): string | null => {
  switch (name) {
    case 'search_products':
      if (!isText(args.query)) return 'search_products needs a query.';
      if (args.max_price !== undefined && !(typeof args.max_price === 'number' && args.max_price > 0)) {
        return 'max_price must be a number above zero.';
      }
      return null;
    case 'search_knowledge':
      return isText(args.query) ? null : 'search_knowledge needs a query.';
    case 'check_stock':
      return isText(args.sku, 100) ? null : 'check_stock needs a sku.';
    case 'set_selection':
      return isSelection(args.items)
        ? null
        : 'set_selection needs 1 to 30 items, each with a sku and a whole quantity above zero.';
    case 'update_customer':
      return null;
    case 'hand_over':
      return isTrigger(args.reason) && isText(args.summary, 2000)
        ? null
        : 'hand_over needs a reason from 1 to 18 and a summary.';
  }
};

const isTrigger = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 18;

/** Larger quantities are typing errors or attacks; nobody buys this many over a chat. */
const MAX_QUANTITY = 100_000;

export const isSelection = (
  items: unknown,
): items is readonly { readonly sku: string; readonly quantity: number }[] =>
  Array.isArray(items) &&
  items.length >= 1 &&
  items.length <= 30 &&
  items.every(
    (item: unknown) =>
      item !== null &&
      typeof item === 'object' &&
      isText((item as { sku?: unknown }).sku, 100) &&
      Number.isInteger((item as { quantity?: unknown }).quantity) &&
      Number((item as { quantity: number }).quantity) > 0 &&
      Number((item as { quantity: number }).quantity) <= MAX_QUANTITY,
  );
