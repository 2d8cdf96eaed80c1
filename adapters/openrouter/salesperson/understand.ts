/** What the customer wants, from one burst of words in the light of what was said before. Pure. */

import { colourIn, isOtherColour, ofColour } from './colours.ts';
import { countedBefore, saidBefore, spokenQuantity, wantedBefore } from './counts.ts';
import type { Facts } from './customer-facts.ts';
import { budgetIn, listedItems, looseQuantity, ordinalIn, type Wanted, wantedItems } from './items.ts';
import {
  ASKS_WHICH,
  asksPriceOrStock,
  BYE,
  CHEAPER,
  CHEAPEST,
  CLARIFYING,
  COMPARES,
  CORRECTING,
  CORRECTS,
  comparedCount,
  familiesIn,
  GREETING,
  isBareQuantity,
  KNOWLEDGE,
  NOD,
  namesFirstFew,
  OF_THEM,
  REMOVES,
  STRONG_PURCHASE,
  THANKS,
  WEAK_PURCHASE,
  WHO_ARE_YOU,
} from './lexicon.ts';
import { isSelected, keptLines, merged, sameSku, type WantedLine } from './lines.ts';
import { allFacts } from './own-facts.ts';
import type { Scene } from './scene.ts';
import {
  cheaperThan,
  otherColour,
  overlaps,
  pointedApart,
  questionsIn,
  type Search,
  searchesIn,
} from './searches.ts';
import { type Shortly, shortlyIn } from './shortly.ts';
import { fold } from './text.ts';
import { type Trigger, triggerIn } from './triggers.ts';
import { type Wishes, wishesIn } from './wishes.ts';

export interface Understanding {
  readonly greeting: boolean;
  readonly thanks: boolean;
  readonly bye: boolean;
  readonly whoAreYou: boolean;
  readonly trigger: Trigger | null;
  readonly facts: Facts;
  /** The order as it should be now, all lines; `null` when nothing was chosen. */
  readonly selection: readonly WantedLine[] | null;
  /** Items of the selection that these words are about. */
  readonly chosen: readonly string[];
  /** Items to read live: asked about, or chosen without a quantity. */
  readonly stock: readonly string[];
  /** One for each kind of article. */
  readonly searches: readonly Search[];
  /** How many the customer spoke of. */
  readonly quantity: number | null;
  /** How many was said now, or before of the same kind of article: it is not asked again. */
  readonly counted: boolean;
  /** Questions about the company. */
  readonly questions: readonly string[];
  /** "👍", "ok": heard, and nothing more. */
  readonly nods: boolean;
  /** The price was called too high. */
  readonly expensive: boolean;
  /** What to look for when it was; `null` when nothing was shown or asked for yet. */
  readonly cheaper: Search | null;
  /** Said in a word or two: again, cancel, fine, no more. */
  readonly shortly: Shortly;
  /** The colour of what was chosen is corrected: its twin of that colour takes its place when there is one. */
  readonly recolours: boolean;
  /** Articles to stand side by side. */
  readonly compares: boolean;
  /** The quotation, the order's state, photos, silence … */
  readonly wishes: Wishes;
  /** Several items were shown and the customer did not say which. */
  readonly which: readonly { readonly sku: string; readonly name: string }[];
  /** Our last reply was the clarifying question: not understanding again is trigger 2. */
  readonly clarifiedBefore: boolean;
}

/** Live reads in one turn: the allowance of tool calls is small (domain 12.13). */
const MAX_STOCK_READS = 3;

export const understand = (scene: Scene): Understanding => {
  const { said } = scene;
  const text = fold(said);
  const context = mentionedBefore(scene);
  const shortly = shortlyIn(said);
  const quantity = COMPARES.test(text) || namesFirstFew(text) ? null : looseQuantity(said);
  const wanted = wantedItems(said);
  const apart = wanted.length === 0 && context.length > 0 ? pointedApart(said) : null;
  const chosen = apart
    ? choose(scene, fold(apart.own), [], context, looseQuantity(apart.own))
    : choose(scene, text, wanted, context, quantity);
  const trigger = triggerIn(said);
  const expensive = CHEAPER.test(text);
  const cheaper = expensive ? cheaperThan(scene, context) : null;
  const settled =
    chosen.selection !== null || chosen.which.length > 0 || chosen.open.length > 0 || wanted.length > 0;
  const facts = allFacts(scene);
  // "مكتب ١٢" in an address is office 12, not twelve desks.
  const answersDetails = scene.piecesAsked.size > 0 && facts.address !== undefined;
  const recoloured =
    Object.keys(facts).length === 0 && CORRECTS.test(text) && scene.selection.length === 1
      ? otherColour(scene, text, context)
      : null;
  const searches = apart
    ? searchesIn(apart.rest, looseQuantity(apart.rest))
    : cheaper || settled || answersDetails
      ? []
      : recoloured
        ? [recoloured]
        : lookingFor(scene, text, context, facts, quantity);
  const questions = questionsIn(said, scene.quoted);
  const wishes = wishesIn(said, scene.replies[0] ?? '', scene.quoted);
  const asksFigures =
    asksPriceOrStock(text) &&
    wishes.quote === null &&
    searches.length === 0 &&
    !cheaper &&
    !settled &&
    questions.length === 0;
  return {
    greeting: GREETING.test(text),
    thanks: THANKS.test(text),
    bye: BYE.test(text),
    whoAreYou: WHO_ARE_YOU.test(text),
    trigger,
    facts,
    selection: shortly.cancels && !scene.quoted && hasChosen(scene) ? [] : chosen.selection,
    chosen: chosen.selection === null ? [] : newIn(scene, chosen.selection).slice(0, MAX_STOCK_READS),
    stock: [...chosen.open, ...(asksFigures ? spokenOf(text, context) : [])].slice(0, MAX_STOCK_READS),
    searches,
    quantity: apart ? looseQuantity(apart.rest) : quantity,
    counted: quantity !== null || countedBefore(scene, text, context),
    questions,
    nods: NOD.test(text),
    expensive,
    cheaper,
    shortly,
    recolours: recoloured !== null && searches[0] === recoloured,
    compares: COMPARES.test(text) && chosen.open.length > 1,
    wishes,
    which: chosen.which,
    clarifiedBefore: CLARIFYING.test(scene.replies[0] ?? ''),
  };
};

const lookingFor = (
  scene: Scene,
  text: string,
  context: Context,
  facts: Facts,
  quantity: number | null,
): readonly Search[] => {
  // Taken out of the selection a moment ago, they are not looked for.
  const removed = REMOVES.test(text) && scene.outcomes.some(({ name, ok }) => name === 'set_selection' && ok);
  if (removed) return [];
  const named = searchesIn(scene.said, quantity);
  if (named.length > 0 || Object.keys(facts).length > 0) return named;
  const place = ordinalIn(text);
  const pointed = place === null ? undefined : context[place];
  const coloured = otherColour(scene, text, pointed ? [pointed] : context);
  return coloured ? [coloured] : [];
};

/** "How much is the first?", "is the black one available?": that one; of all that was shown when none is singled out. */
const spokenOf = (text: string, context: Context): readonly string[] => {
  const place = ordinalIn(text);
  const one = place === null ? undefined : context[place];
  return (one ? [one] : ofColour(text, context)).map(({ sku }) => sku);
};

/** Something is chosen, asked about or gathered for, or was until this turn: there is something to cancel. */
const hasChosen = (scene: Scene): boolean =>
  scene.selection.length > 0 ||
  scene.open !== null ||
  scene.missing.length > 0 ||
  scene.outcomes.some(({ name }) => name === 'set_selection');

/** Lines that are new, or whose quantity is. */
const newIn = (scene: Scene, lines: NonNullable<Understanding['selection']>): readonly string[] =>
  lines
    .filter(
      (line) =>
        line.quantity !== undefined &&
        !scene.selection.some((old) => sameSku(old.sku, line.sku) && old.quantity === line.quantity),
    )
    .map(({ sku }) => sku);

/** The items of the newest of our replies that named any: an interruption does not lose them (lesson F-02). */
const mentionedBefore = (scene: Scene) => {
  for (const reply of scene.replies) {
    const items = listedItems(reply);
    // What was noted a moment ago is no choice among what is shown below it.
    const shown = items.filter(({ noted }) => !noted);
    if (items.length > 0) return shown.length > 0 ? shown : items;
  }
  return [];
};

interface Choice {
  readonly selection: Understanding['selection'];
  /** Named, and not (or not yet) ordered. */
  readonly open: readonly string[];
  readonly which: Understanding['which'];
}

type Context = ReturnType<typeof mentionedBefore>;

/** Turns words of buying into order lines; a quantity needs a SKU, a place in our list, or a single item in view. */
const choose = (
  scene: Scene,
  text: string,
  wanted: readonly Wanted[],
  context: Context,
  quantity: number | null,
): Choice => {
  if (wanted.length === 0 && context.length > 1 && COMPARES.test(text))
    return { ...NOTHING, open: context.slice(0, comparedCount(text)).map(({ sku }) => sku) };
  const kept = keptLines(scene, text, wanted);
  if (kept) return { ...NOTHING, selection: kept };
  const answered = answersOpen(scene, text, wanted, quantity);
  if (answered) return answered;
  const buys = STRONG_PURCHASE.test(text) || WEAK_PURCHASE.test(text);
  const asks = asksPriceOrStock(text) && !STRONG_PURCHASE.test(text);
  if (wanted.length > 0) return chooseNamed(scene, text, wanted, buys && !asks);
  const pointed = pointedAt(scene, text, context, quantity);
  if (pointed) return pointed;
  const refers =
    quantity !== null &&
    (isBareQuantity(text) ||
      CORRECTING.test(text) ||
      STRONG_PURCHASE.test(text) ||
      OF_THEM.test(text) ||
      ordinalIn(text) !== null);
  if (quantity === null && STRONG_PURCHASE.test(text)) return chooseOne(scene, text, context);
  if (!refers || quantity === null || budgetIn(text).max !== null) return NOTHING;
  if (CORRECTING.test(text) && scene.selection.length === 1) {
    return { selection: scene.selection.map(({ sku }) => ({ sku, quantity })), open: [], which: [] };
  }
  const place = ordinalIn(text);
  const families = familiesIn(text);
  const fitting = ofColour(
    text,
    context.filter(({ name }) => families.size === 0 || overlaps(families, familiesIn(fold(name)))),
  );
  const item = place === null ? (fitting.length === 1 ? fitting[0] : undefined) : context[place];
  if (item) return { selection: merged(scene, text, [{ sku: item.sku, quantity }]), open: [], which: [] };
  return { selection: null, open: [], which: fitting.map(({ sku, name }) => ({ sku, name })) };
};

/** "The first", "the blue one" and nothing else, after our list: that one, with the quantity named before it if any. */
const pointedAt = (scene: Scene, text: string, context: Context, quantity: number | null): Choice | null => {
  if (quantity !== null || context.length < 2 || asksPriceOrStock(text) || KNOWLEDGE.test(text)) return null;
  const words = text.split(/\s+/).length;
  const place = ordinalIn(text) ?? cheapestOf(text, context);
  // "The second one" still means our list when we have asked for a name since (lesson F-02).
  const fresh = listedItems(scene.replies[0] ?? '').length > 0;
  if (words > (fresh ? POINTING_WORDS : BARE_POINTING_WORDS) || (!fresh && place === null)) return null;
  const families = familiesIn(text);
  // "The second table" counts tables, not what stands between them.
  const kind = context.filter(
    ({ name }) => families.size === 0 || overlaps(families, familiesIn(fold(name))),
  );
  const coloured = ofColour(text, kind);
  const item = place !== null ? kind[place] : coloured.length === 1 ? coloured[0] : undefined;
  // "The second one in black", and it is not black: what there is in black is looked for instead.
  if (!item || isOtherColour(text, item)) return null;
  const count = ASKS_WHICH.test(scene.replies[0] ?? '') ? spokenQuantity(scene.earlier[0] ?? '') : null;
  return picked(scene, text, item, count);
};

/** "The cheapest one" of what was shown, when all prices stand there. */
const cheapestOf = (text: string, context: Context): number | null => {
  const prices = context.map(({ price }) => price ?? Number.NaN);
  if (!CHEAPEST.test(text) || familiesIn(text).size > 0 || prices.some(Number.isNaN)) return null;
  return prices.indexOf(Math.min(...prices));
};

/** "No, I want the blue one please", "actually I'd rather have the second one in black". */
const POINTING_WORDS = 10;
/** "The second one please." */
const BARE_POINTING_WORDS = 4;

const NOTHING: Choice = { selection: null, open: [], which: [] };

/** "I'll take the black one": which one is clear, how many is still to be asked. */
const chooseOne = (scene: Scene, text: string, context: Context): Choice => {
  const place = ordinalIn(text);
  const coloured = ofColour(text, context);
  const item =
    place !== null
      ? context[place]
      : coloured.length === 1 && coloured.length < context.length
        ? coloured[0]
        : undefined;
  return item ? picked(scene, text, item, null) : NOTHING;
};

interface Item {
  readonly sku: string;
  readonly name: string;
}

/** One article is clear. Its quantity is what was said before of its kind; else it is asked next, and stays open. */
const picked = (scene: Scene, text: string, item: Item, asked: number | null): Choice => {
  if (isSelected(scene, item.sku)) {
    const now = scene.outcomes.some(({ name }) => name === 'set_selection');
    return now ? NOTHING : { ...NOTHING, open: [item.sku] };
  }
  // Shown because another colour was wanted: the choice among them corrects too.
  const before = fold(scene.earlier[0] ?? '');
  const corrects = CORRECTS.test(text) || (CORRECTS.test(before) && colourIn(before) !== null);
  const swapped = corrects ? inPlaceOfItsKind(scene, item) : null;
  if (swapped) return { ...NOTHING, selection: swapped };
  const quantity = asked ?? wantedBefore(scene, item);
  if (quantity !== null) return { ...NOTHING, selection: merged(scene, '', [{ sku: item.sku, quantity }]) };
  return { ...NOTHING, open: [item.sku], selection: [...merged(scene, '', []), { sku: item.sku }] };
};

/** "No, the black one": it replaces the one line of its kind, in the same quantity (domain 3.9). */
const inPlaceOfItsKind = (scene: Scene, item: Item): Choice['selection'] => {
  const families = familiesIn(fold(item.name));
  const alike = scene.selection.filter(({ name }) => overlaps(families, familiesIn(fold(name))));
  if (alike.length !== 1) return null;
  return scene.selection.map((line) => ({
    sku: line === alike[0] ? item.sku : line.sku,
    quantity: line.quantity,
  }));
};

/** The prompt's open question: a bare number answers "how many", a colour, place or number "which one" (lesson F-02). */
const answersOpen = (
  scene: Scene,
  text: string,
  wanted: readonly Wanted[],
  quantity: number | null,
): Choice | null => {
  const { open, earlier } = scene;
  if (open === null || wanted.length > 0) return null;
  if (open.kind === 'quantity') {
    const [item] = open.options;
    if (!item || quantity === null || !isBareQuantity(text)) return null;
    return { ...NOTHING, selection: merged(scene, '', [{ sku: item.sku, quantity }]) };
  }
  const place = ordinalIn(text);
  const coloured = ofColour(text, open.options);
  const item = place !== null ? open.options[place] : coloured.length === 1 ? coloured[0] : undefined;
  if (!item) return null;
  const asked = quantity ?? earlier.map(spokenQuantity).find((count) => count !== null) ?? null;
  return asked === null
    ? { ...NOTHING, open: [item.sku] }
    : { ...NOTHING, selection: merged(scene, '', [{ sku: item.sku, quantity: asked }]) };
};

const chooseNamed = (scene: Scene, text: string, named: readonly Wanted[], buys: boolean): Choice => {
  const [only] = named;
  const wanted =
    buys && only && named.length === 1 && only.quantity === null
      ? [{ ...only, quantity: saidBefore(scene, only.sku) }]
      : named;
  const counted = wanted.flatMap(({ sku, quantity }) => (quantity === null ? [] : [{ sku, quantity }]));
  const uncounted = wanted.flatMap(({ sku, quantity }) => (quantity === null ? [sku] : []));
  // Lines that are nothing but items and numbers are an order; a question with a number in it is not.
  const plainOrder = !asksPriceOrStock(text) && !/[?؟]/.test(text);
  if (counted.length > 0 && (buys || plainOrder)) {
    return {
      // Those without a number are asked about next.
      selection: [...merged(scene, text, counted), ...uncounted.map((sku) => ({ sku }))],
      open: [],
      which: [],
    };
  }
  // Several are chosen at once: asked about one after the other (lesson F-02).
  if (buys && uncounted.length > 1)
    return { ...NOTHING, selection: [...merged(scene, text, []), ...uncounted.map((sku) => ({ sku }))] };
  return { selection: null, open: wanted.map(({ sku }) => sku), which: [] };
};
