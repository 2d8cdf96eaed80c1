/**
 * Applies what the tools found: evidence for the reply, slots, the selection, an escalation; and writes the answer that
 * the model is given for each call. The model proposed; here the statechart's data decides (design 6).
 */
import { money, sum } from '../money/money.ts';
import type { ToolResult, UseToolsOutput } from './actors.ts';
import {
  type ConversationContext,
  type Evidence,
  type EvidenceArticle,
  type EvidenceProduct,
  LIMITS,
  type ModelStep,
  type Order,
  type OrderLine,
  type ParsedCall,
  type RefusedCall,
  type Slot,
  type SlotName,
} from './context.ts';
import { CUSTOMER_SLOTS } from './tools.ts';

/** Domain 8.2: these silence the bot; the others only tell a manager. */
const HARD_TRIGGERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 7, 8, 14, 15, 17, 18]);
export const isHardTrigger = (trigger: number): boolean => HARD_TRIGGERS.has(trigger);

export interface HandOver {
  readonly trigger: number;
  readonly summary: string;
}

export interface AppliedTools {
  readonly steps: readonly ModelStep[];
  readonly evidence: Evidence;
  readonly slots: ConversationContext['slots'];
  readonly slotsChanged: boolean;
  readonly order: Order | null;
  readonly handOver: HandOver | null;
}

/** Folds the results of one step of tool use into the conversation. Every call of the model gets exactly one answer. */
export const applyTools = (
  context: ConversationContext,
  calls: readonly ParsedCall[],
  refused: readonly RefusedCall[],
  output: UseToolsOutput | null,
  at: number,
): AppliedTools => {
  const steps: ModelStep[] = refused.map((call) => answer(call.id, { ok: false, reason: call.reason }));
  let { evidence } = context.turn;
  let slots = context.slots;
  let order: Order | null = null;
  let handOver: HandOver | null = null;
  for (const call of calls) {
    if (call.name === 'update_customer') {
      slots = fillSlots(slots, call.args, at);
      steps.push(answer(call.id, { ok: true, known: plainSlots(slots) }));
      continue;
    }
    if (call.name === 'hand_over') {
      handOver ??= { trigger: Number(call.args.reason), summary: String(call.args.summary) };
      evidence = { ...evidence, escalated: true };
      steps.push(answer(call.id, { ok: true, note: 'A colleague has been told.' }));
      continue;
    }
    const result = output?.results.find((candidate) => candidate.id === call.id)?.result;
    if (!result) {
      steps.push(answer(call.id, { ok: false, reason: 'This cannot be checked right now.' }));
      continue;
    }
    evidence = addEvidence(evidence, result);
    if (result.tool === 'selection') order = orderOf(result.lines);
    steps.push(answer(call.id, resultForModel(result, at)));
  }
  return { steps, evidence, slots, slotsChanged: slots !== context.slots, order, handOver };
};

const answer = (toolCallId: string, content: object): ModelStep => ({
  role: 'tool',
  toolCallId,
  content: JSON.stringify(content),
});

const addEvidence = (evidence: Evidence, result: ToolResult): Evidence => ({
  ...evidence,
  products: mergeProducts(evidence.products, productsOf(result)),
  articles:
    result.tool === 'knowledge' ? mergeArticles(evidence.articles, result.articles) : evidence.articles,
});

const productsOf = (result: ToolResult): readonly EvidenceProduct[] => {
  switch (result.tool) {
    case 'products':
    case 'selection':
      return result.products;
    case 'stock':
      return [result.product];
    case 'refused':
      return result.products ?? [];
    case 'knowledge':
      return [];
  }
};

/** One authoritative figure per SKU and turn: the newest reading wins (domain 12.7). */
const mergeProducts = (
  old: readonly EvidenceProduct[],
  fresh: readonly EvidenceProduct[],
): readonly EvidenceProduct[] => {
  const bySku = new Map([...old, ...fresh].map((product) => [product.sku, product]));
  return [...bySku.values()].slice(-LIMITS.evidenceProducts);
};

const mergeArticles = (
  old: readonly EvidenceArticle[],
  fresh: readonly EvidenceArticle[],
): readonly EvidenceArticle[] => {
  const byId = new Map([...old, ...fresh].map((article) => [article.id, article]));
  return [...byId.values()].slice(-LIMITS.evidenceArticles);
};

const resultForModel = (result: ToolResult, at: number): object => {
  switch (result.tool) {
    case 'products':
      return { ok: true, products: result.products };
    case 'stock':
      return { ok: true, ...result.product, at: new Date(at).toISOString() };
    case 'knowledge':
      return { ok: true, articles: result.articles.map(({ title, body }) => ({ title, body })) };
    case 'selection': {
      const order = orderOf(result.lines);
      return { ok: true, lines: result.lines, subtotal: order.subtotal, currency: order.currency };
    }
    case 'refused': {
      const { tool: _, products: __, ...rest } = result;
      return { ok: false, ...rest };
    }
  }
};

/** Totals are derived, never stored by hand (lesson F-09); lines come with exact totals from the pricing of the tool. */
const orderOf = (lines: readonly OrderLine[]): Order => ({
  lines,
  subtotal:
    lines.length === 0
      ? null
      : sum(
          lines.map((line) => money(line.lineTotal, line.currency)),
          lines[0]?.currency,
        ).amount,
  currency: lines[0]?.currency ?? null,
});

/** Long enough for an address or a need, short enough to stay a fact. */
const MAX_SLOT_CHARS = 300;

/** Keeps what the customer said. `individual: true` clears a company that was only inferred, never a said one (domain 9.3). */
export const fillSlots = (
  slots: ConversationContext['slots'],
  args: Readonly<Record<string, unknown>>,
  at: number,
): ConversationContext['slots'] => {
  const next: Partial<Record<SlotName, Slot>> = { ...slots };
  let changed = false;
  for (const slot of CUSTOMER_SLOTS) {
    const value = slotValue(args[slot]);
    if (value === null || (slots[slot]?.value === value && slots[slot]?.source === 'said')) continue;
    next[slot] = { value, source: 'said', at };
    changed = true;
  }
  return changed ? next : slots;
};

const slotValue = (raw: unknown): string | null => {
  if (typeof raw === 'boolean') return raw ? 'yes' : null;
  if (typeof raw !== 'string') return null;
  const value = raw.replace(/\s+/g, ' ').trim();
  return value === '' || value.length > MAX_SLOT_CHARS ? null : value;
};

const plainSlots = (slots: ConversationContext['slots']): Record<string, string> =>
  Object.fromEntries(Object.entries(slots).map(([slot, fact]) => [slot, fact.value]));
