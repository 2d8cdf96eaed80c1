/** Which tools to call next. Stateless: what was called in this turn is in the messages. */
import { areTwins, colourFits } from './colours.ts';
import { listedItems } from './items.ts';
import type { Call } from './move.ts';
import { articlesOf, type Outcome, type Product, productsOf } from './results.ts';
import type { Scene } from './scene.ts';
import type { Search } from './searches.ts';
import { fold, foldDigits } from './text.ts';
import type { Understanding } from './understand.ts';

/** Calls made side by side in one step. */
const MAX_CALLS = 6;
const SEARCH_LIMIT = 5;

/** The calls still worth making; empty when it is time to answer. A tool that is not offered is not called. */
export const plan = (scene: Scene, wants: Understanding): readonly Call[] => {
  if (scene.repair !== null) return [];
  const calls = [...askedFor(scene, wants), ...followUps(scene, wants)];
  return calls
    .filter(
      (call) => scene.offered.has(call.name) && !scene.outcomes.some((outcome) => isDone(outcome, call)),
    )
    .slice(0, MAX_CALLS);
};

/** Tools whose work is done once a turn: the prompt shows their effect already, so the same words mean it again. */
const ONCE_A_TURN: ReadonlySet<string> = new Set([
  'set_selection',
  'update_customer',
  'answer_quote',
  'agree_next_contact',
]);

const isDone = (outcome: Outcome, call: Call): boolean =>
  outcome.name === call.name &&
  (JSON.stringify(outcome.args) === JSON.stringify(call.args) || (outcome.ok && ONCE_A_TURN.has(call.name)));

const askedFor = (scene: Scene, wants: Understanding): readonly Call[] => {
  const about = Object.keys(wants.facts).length > 0 ? [{ name: 'update_customer', args: wants.facts }] : [];
  const { wishes } = wants;
  if (wishes.silence && scene.offered.has('opt_out')) return [{ name: 'opt_out', args: {} }];
  const human = humanNeeded(scene, wants);
  if (human?.hard) return [...about, human.call];
  const searches = wants.cheaper ? [wants.cheaper] : wants.searches;
  const quotes = wishes.quote === 'asks';
  const selection = wants.selection ?? (quotes ? currentSelection(scene) : null);
  return [
    ...about,
    ...(selection ? [{ name: 'set_selection', args: { items: selection } }] : []),
    ...afterSale(scene, wants),
    // What was just chosen is looked up too: a shortage is said at once (domain 12.8).
    ...[...new Set([...wants.stock, ...wants.chosen])].map((sku) => ({ name: 'check_stock', args: { sku } })),
    ...searches.map(searchCall),
    ...wants.questions.map((query) => ({ name: 'search_knowledge', args: { query } })),
    ...(human ? [human.call] : []),
    ...(quotes || (scene.piecesAsked.size > 0 && about.length > 0)
      ? [{ name: 'request_quote', args: {} }]
      : []),
  ];
};

/** The quotation's answer, the order's state, photos, the next contact, the end. */
const afterSale = (scene: Scene, { wishes, facts }: Understanding): readonly Call[] => {
  const answered =
    wishes.quote === 'declines' ? 'declined' : wishes.quote === 'later' ? 'later' : wishes.answer;
  const shown = scene.replies.flatMap((reply) => listedItems(reply).map(({ sku }) => sku));
  return [
    ...(answered ? [{ name: 'answer_quote', args: { answer: answered } }] : []),
    ...(wishes.orderStatus === null
      ? []
      : [
          {
            name: 'order_status',
            args: wishes.orderStatus === '' ? {} : { order_number: wishes.orderStatus },
          },
        ]),
    ...(wishes.photos && shown.length > 0
      ? [{ name: 'send_photos', args: { skus: shown.slice(0, MAX_PHOTOS) } }]
      : []),
    ...(wishes.usesCode === null ? [] : [{ name: 'use_referral_code', args: { code: wishes.usesCode } }]),
    ...(wishes.wantsCode ? [{ name: 'referral_code', args: {} }] : []),
    ...(wishes.nextContact === null
      ? []
      : [
          {
            name: 'agree_next_contact',
            args: { when: wishes.nextContact, about: scene.said.slice(0, MAX_QUOTE_CHARS) },
          },
        ]),
    ...(scene.offered.has('record_feedback') && Object.keys(facts).length === 0 ? feedback(scene) : []),
    ...(wishes.leaves && answered === null
      ? [{ name: 'close_conversation', args: { outcome: 'lost', reason: 'The customer does not buy.' } }]
      : []),
  ];
};

const MAX_PHOTOS = 3;

/** Ratings are read in the light of the question that was put last (domain 18.3). */
const feedback = ({ said, replies }: Scene): readonly Call[] => {
  const last = replies[0] ?? '';
  const rating = /(?<!\d)([1-5])(?!\d)/.exec(foldDigits(said))?.[1];
  const yes = /^\s*(?:yes|sure|of course|definitely|نعم|اكيد|أكيد|طبعا)/iu.test(said);
  const no = /^\s*(?:no|not|never|لا)/iu.test(said);
  const args =
    /recommend|توصي/i.test(last) && (yes || no)
      ? { recommend: yes }
      : rating
        ? { [/deliver|توصيل/i.test(last) ? 'delivery' : 'overall']: Number(rating) }
        : /comment|تعليق/i.test(last)
          ? { comment: said.slice(0, MAX_QUOTE_CHARS) }
          : null;
  return args === null ? [] : [{ name: 'record_feedback', args }];
};

/** A quotation request repeats the selection, so that its figures are this turn's (domain 9.6). */
const currentSelection = (scene: Scene) =>
  scene.selection.length > 0 ? scene.selection.map(({ sku, quantity }) => ({ sku, quantity })) : null;

const searchCall = (search: Search): Call => ({
  name: 'search_products',
  args: {
    query: search.query,
    ...(search.maxPrice === null ? {} : { max_price: search.maxPrice }),
    ...(search.inStock ? { in_stock: true } : {}),
    limit: SEARCH_LIMIT,
  },
});

const handOver = (reason: number, summary: string): Call => ({
  name: 'hand_over',
  args: { reason, summary },
});

const MAX_QUOTE_CHARS = 300;

const humanNeeded = (
  scene: Scene,
  wants: Understanding,
): { readonly hard: boolean; readonly call: Call } | null => {
  const words = `Their words: "${scene.said.trim().slice(0, MAX_QUOTE_CHARS)}"`;
  if (wants.trigger) {
    const { hard, reason, summary } = wants.trigger;
    return { hard, call: handOver(reason, `${summary} ${words}`) };
  }
  if (wants.clarifiedBefore && understoodNothing(wants)) {
    return { hard: true, call: handOver(2, `The request was not understood twice in a row. ${words}`) };
  }
  return null;
};

/** Whether the words held nothing that can be acted on or answered. */
export const understoodNothing = (wants: Understanding): boolean =>
  !wants.greeting &&
  !wants.thanks &&
  !wants.bye &&
  !wants.whoAreYou &&
  !Object.values(wants.shortly).some(Boolean) &&
  Object.values(wants.wishes).every((wish) => wish === null || wish === false) &&
  wants.trigger === null &&
  wants.selection === null &&
  !wants.nods &&
  wants.searches.length === 0 &&
  !wants.expensive &&
  wants.questions.length === 0 &&
  wants.stock.length === 0 &&
  wants.which.length === 0 &&
  Object.keys(wants.facts).length === 0;

/** What the first results make necessary. */
const followUps = (scene: Scene, wants: Understanding): readonly Call[] => {
  const calls: Call[] = [];
  const searches = scene.outcomes.filter((outcome) => outcome.name === 'search_products');
  const emptied = searches.length === 1 && searches[0]?.ok === true && productsOf(searches[0]).length === 0;
  // Nothing within the budget: what there is beyond it may be shown when it is called that (domain 5.21).
  const [search] = wants.searches;
  if (emptied && search && search.maxPrice !== null) {
    calls.push(searchCall({ ...search, maxPrice: null }));
  }
  const twin = wants.recolours ? recoloured(scene, searches.flatMap(productsOf)) : null;
  if (twin) calls.push({ name: 'set_selection', args: { items: twin } });
  const lookups = scene.outcomes.filter((outcome) => outcome.name === 'search_knowledge');
  if (lookups.some((outcome) => outcome.ok && articlesOf(outcome).length === 0) && wants.trigger === null) {
    calls.push(handOver(6, `The company's articles have no answer to: "${wants.questions.join(' ')}"`));
  }
  return calls;
};

/** The one chosen article in the colour that was named, in the same quantity; null: there is none (domain 3.9). */
const recoloured = ({ selection: [line], said }: Scene, found: readonly Product[]) => {
  if (!line) return null;
  const twin = found.find((product) => areTwins(product, line) && colourFits(fold(said), [product]));
  return twin ? [{ sku: twin.sku, quantity: line.quantity }] : null;
};
