/**
 * The open question "how many?" and a bare number that answers it, also after an interruption (domain 3.8; lesson F-02).
 * Read by code, so that "20" never depends on what a model remembers.
 */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { readQuantities } from '../../quantity/quantity.ts';
import type { ConversationContext, OpenQuestion, ParsedCall } from '../context.ts';
import { namedIn } from '../grounding/names.ts';
import type { Update } from '../updates/update.ts';

const ASKS_HOW_MANY =
  /how many(?! (?:people|persons|employees|seats|staff|colleagues|users|guests|days|floors|rooms))|(?:what|which) quantity|quantity (?:do|would|you)|كم (?:قطعه|حبه|عدد|كرسي|كرسيا|مكتب|مكتبا|طاوله|وحده)|كم (?:تحتاج|تريد|تود|واحد)|ما (?:هي )?(?:ال)?(?:كميه|عدد)/u;

/**
 * The question that our own reply asks: one article is named and nothing is chosen yet. Beside a selection the offer of
 * one more article is no open question: a wanted quotation must not wait for it.
 */
const askedBy = (context: ConversationContext): OpenQuestion | null => {
  const { order, sale, turn } = context;
  const reply = turn.reply ?? '';
  if (sale.question !== null || order.lines.length > 0) return null;
  if (sale.stage !== 'exploring' && sale.stage !== 'selecting') return null;
  const asks = sentencesOf(reply).some(({ text }) => /[?؟]/.test(text) && ASKS_HOW_MANY.test(fold(text)));
  if (!asks) return null;
  const named = namedIn(reply, [...turn.evidence.briefedProducts, ...turn.evidence.products]);
  const skus = new Set(named.map(({ sku }) => sku));
  const [article] = named;
  if (article === undefined || skus.size !== 1) return null;
  return { kind: 'quantity', sku: article.sku, name: article.name, turn: turn.number };
};

/** Keeps the question that the reply on its way asks. */
export const keepAskedQuestion = (context: ConversationContext): Update => {
  const question = askedBy(context);
  return question === null ? {} : { sale: { ...context.sale, question } };
};

/** Longer bursts say more than a number. */
const MAX_ANSWER_CHARS = 60;

/** How many of the article in question the burst says and nothing else: "20", "٢٠", "twenty please", "20 pieces". */
export const quantityAnswered = (context: ConversationContext): number | null => {
  const { question } = context.sale;
  const said = context.pending.map(({ text }) => text).join('\n');
  if (question?.kind !== 'quantity' || said.length > MAX_ANSWER_CHARS || /[?؟]/.test(said)) return null;
  const [answer, ...more] = readQuantities(said, true);
  if (answer === undefined || more.length > 0) return null;
  // The number of the article is no quantity of it (lesson F-12).
  const figures: readonly string[] = question.sku.match(/\d+/g) ?? [];
  if (figures.includes(String(answer.count))) return null;
  if (answer.how === 'bare') return answer.count;
  const words = fold(said).match(/\p{L}{3,}/gu) ?? [];
  return answer.noun === null && words.length <= WORDS_BESIDE ? answer.count : null;
};

/** "I need 20 pieces please": no room for another wish. */
const WORDS_BESIDE = 4;

const CALL_ID = 'own_quantity';

/** The selection with the answer in it, proposed by code where a model would call `set_selection`. */
export const proposeQuantity = (context: ConversationContext): Update => {
  const { question } = context.sale;
  const quantity = quantityAnswered(context);
  if (question?.kind !== 'quantity' || quantity === null) return {};
  const others = context.order.lines.filter(({ sku }) => sku !== question.sku);
  const items = [
    ...others.map((line) => ({ sku: line.sku, quantity: line.quantity })),
    { sku: question.sku, quantity },
    // Without a quantity they are the next question.
    ...(question.rest ?? []).map(({ sku }) => ({ sku })),
  ];
  const call: ParsedCall = { id: CALL_ID, name: 'set_selection', args: { items } };
  const asked = { id: CALL_ID, name: call.name, arguments: JSON.stringify(call.args) };
  return {
    turn: {
      ...context.turn,
      // The model reads it as a call of its own, with what came of it.
      steps: [...context.turn.steps, { role: 'assistant', content: null, toolCalls: [asked] }],
      proposed: { calls: [call], refused: [] },
      toolCalls: context.turn.toolCalls + 1,
    },
  };
};
