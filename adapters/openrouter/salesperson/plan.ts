/** Which tools to call next. Stateless: what was called in this turn is in the messages. */
import type { Call } from './move.ts';
import { articlesOf, type Outcome, productsOf } from './results.ts';
import type { Scene } from './scene.ts';
import type { Search, Understanding } from './understand.ts';

/** Calls made side by side in one step. */
const MAX_CALLS = 6;
const SEARCH_LIMIT = 5;

/** The calls still worth making; empty when it is time to answer. A tool that is not offered is not called. */
export const plan = (scene: Scene, wants: Understanding): readonly Call[] => {
  if (scene.repair !== null) return [];
  const calls = [...askedFor(scene, wants), ...followUps(scene, wants)];
  return calls
    .filter(
      (call) => scene.offered.has(call.name) && !scene.outcomes.some((outcome) => sameCall(outcome, call)),
    )
    .slice(0, MAX_CALLS);
};

const sameCall = (outcome: Outcome, call: Call): boolean =>
  outcome.name === call.name && JSON.stringify(outcome.args) === JSON.stringify(call.args);

const askedFor = (scene: Scene, wants: Understanding): readonly Call[] => {
  const about = Object.keys(wants.facts).length > 0 ? [{ name: 'update_customer', args: wants.facts }] : [];
  const human = humanNeeded(scene, wants);
  if (human?.hard) return [...about, human.call];
  const search = wants.search ?? wants.cheaper;
  const selection = wants.selection ?? (wants.quote ? currentSelection(scene) : null);
  return [
    ...about,
    ...(selection ? [{ name: 'set_selection', args: { items: selection } }] : []),
    ...wants.stock.map((sku) => ({ name: 'check_stock', args: { sku } })),
    ...(search ? [searchCall(search)] : []),
    ...(wants.knowledge ? [{ name: 'search_knowledge', args: { query: wants.knowledge } }] : []),
    ...(human ? [human.call] : []),
  ];
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
  !wants.quote &&
  wants.trigger === null &&
  wants.selection === null &&
  wants.search === null &&
  !wants.expensive &&
  wants.knowledge === null &&
  wants.stock.length === 0 &&
  wants.which.length === 0 &&
  Object.keys(wants.facts).length === 0;

/** What the first results make necessary. */
const followUps = (scene: Scene, wants: Understanding): readonly Call[] => {
  const calls: Call[] = [];
  const searches = scene.outcomes.filter((outcome) => outcome.name === 'search_products');
  const emptied = searches.length === 1 && searches[0]?.ok === true && productsOf(searches[0]).length === 0;
  // Nothing within the budget: what there is beyond it may be shown when it is called that (domain 5.21).
  if (emptied && wants.search && wants.search.maxPrice !== null) {
    calls.push(searchCall({ ...wants.search, maxPrice: null }));
  }
  const lookups = scene.outcomes.filter((outcome) => outcome.name === 'search_knowledge');
  if (lookups.some((outcome) => outcome.ok && articlesOf(outcome).length === 0) && wants.trigger === null) {
    calls.push(handOver(6, `The company's articles have no answer to: "${wants.knowledge ?? ''}"`));
  }
  return calls;
};
