/** Puts the reply together: an introduction when due, what the tools found, and at most one question (domain 3.7). */

import { pendingQuote, saidAbout } from './after-sale.ts';
import { bestFor } from './articles.ts';
import { ofColour } from './colours.ts';
import {
  differences,
  isShort,
  orderLine,
  productLine,
  shortageOffer,
  totalLine,
  variantLine,
} from './item-lines.ts';
import { listedItems } from './items.ts';
import { familiesIn } from './lexicon.ts';
import {
  couldNotCheck,
  howMany,
  introduction,
  noneOf,
  type PhraseName,
  phrase,
  pleased,
  unknownItems,
} from './phrases.ts';
import { understoodNothing } from './plan.ts';
import {
  articlesOf,
  type Outcome,
  type Product,
  productOf,
  productsOf,
  refusalOf,
  saysUnknown,
  selectionOf,
} from './results.ts';
import type { Scene } from './scene.ts';
import { fold, hasArabic, shorten } from './text.ts';
import type { Understanding } from './understand.ts';
import { ASKS_IF_IT_SUITS } from './wishes.ts';

/** Items shown at once: a choice, not a catalog (domain 5.19). */
const MAX_SHOWN = 3;
const MAX_ARTICLE_CHARS = 600;

interface Draft {
  readonly blocks: string[];
  /** The question this content calls for, strongest first come. */
  question: string | null;
  /** Nothing more is to be asked. */
  isFinal: boolean;
}

export const answer = (scene: Scene, wants: Understanding): string => {
  const draft: Draft = { blocks: [], question: null, isFinal: false };
  const handedOver = handOverBlock(scene, wants, draft);
  if (!handedOver) {
    aboutCustomer(scene, wants, draft);
    afterSaleBlocks(scene, draft);
    knowledgeBlock(scene, draft);
    selectionBlock(scene, wants, draft);
    whichBlock(scene, wants, draft);
    stockBlock(scene, wants, draft);
    productsBlock(scene, wants, draft);
    shortBlock(scene, wants, draft);
    smallTalk(scene, wants, draft);
  }
  const blocks = scene.first ? [introOf(scene), ...draft.blocks] : draft.blocks;
  const question = handedOver || draft.isFinal ? null : draft.question;
  const again = scene.repeats && blocks.length > 0 ? [phrase('again', scene.language)] : [];
  const text = [...again, ...blocks, ...(question ? [question] : [])].join('\n\n');
  // The same facts asked for again are said without the question that stands open since (lesson F-22).
  return text === scene.replies[0] && blocks.length > 0 ? [...again, ...blocks].join('\n\n') : text;
};

const introOf = (scene: Scene): string =>
  introduction(scene.assistantName, scene.companyName, scene.language);

const say = (scene: Scene, draft: Draft, ...names: readonly PhraseName[]): void => {
  draft.blocks.push(names.map((name) => phrase(name, scene.language, scene.replies)).join(' '));
};

const ask = (scene: Scene, draft: Draft, name: PhraseName): void => {
  draft.question ??= phrase(name, scene.language, scene.replies);
};

const outcomesOf = (scene: Scene, name: string): readonly Outcome[] =>
  scene.outcomes.filter((outcome) => outcome.name === name);

/** True when a human takes over: then nothing else is said. */
const handOverBlock = (scene: Scene, wants: Understanding, draft: Draft): boolean => {
  const outcome = outcomesOf(scene, 'hand_over').find(({ args }) => args.reason !== 6);
  const { trigger } = wants;
  const hard = trigger?.hard === true || outcome?.args.reason === 2;
  if (!hard) {
    if (outcome?.ok) say(scene, draft, 'alerted');
    return false;
  }
  if (trigger?.reason === 3 || trigger?.reason === 7) say(scene, draft, 'sorry');
  say(scene, draft, outcome?.ok ? 'handedOver' : 'handOverFailed');
  if (!outcome?.ok) ask(scene, draft, 'askAnythingElse');
  return outcome?.ok === true;
};

const aboutCustomer = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const outcome = outcomesOf(scene, 'update_customer')[0];
  if (!outcome) return;
  const { name } = wants.facts;
  if (!outcome.ok) say(scene, draft, 'notNoted');
  else if (scene.quoting) say(scene, draft, 'quoteReady');
  else if (typeof name === 'string' && fits(name, scene)) draft.blocks.push(pleased(name, scene.language));
  else say(scene, draft, 'noted');
};

const afterSaleBlocks = (scene: Scene, draft: Draft): void => {
  // Of several tries of one tool the last one counts.
  const newest = new Map(scene.outcomes.map((outcome) => [outcome.name, outcome]));
  for (const outcome of newest.values()) {
    const said = saidAbout(scene, outcome);
    if (!said) continue;
    const words = said.phrases.map((name) => phrase(name, scene.language, scene.replies)).join(' ');
    const lines = said.lines.filter((line) => fits(line, scene));
    if (words !== '') draft.blocks.push([words, ...lines].join('\n'));
    draft.question ??= said.question;
    if (said.ask) ask(scene, draft, said.ask);
    if (FINAL.has(outcome.name)) draft.isFinal = true;
  }
  // How many comes before the paperwork.
  if (scene.open === null) draft.question ??= pendingQuote(scene);
};

/** After these nothing more is asked. */
const FINAL: ReadonlySet<string> = new Set(['opt_out', 'close_conversation', 'agree_next_contact']);

/** An English reply carries no Arabic script, names included (domain 16.3). */
const fits = (text: string, scene: Scene): boolean => scene.language === 'ar' || !hasArabic(text);

const knowledgeBlock = (scene: Scene, draft: Draft): void => {
  for (const outcome of outcomesOf(scene, 'search_knowledge')) {
    const articles = articlesOf(outcome);
    const own = articles.filter((article) => hasArabic(article.body) === (scene.language === 'ar'));
    const article =
      bestFor(String(outcome.args.query), own) ?? articles.find((other) => fits(other.body, scene));
    if (article) draft.blocks.push(shorten(article.body, MAX_ARTICLE_CHARS));
    else if (!outcome.ok) say(scene, draft, 'knowledgeDown');
    else if (outcomesOf(scene, 'hand_over').some(({ ok }) => ok))
      say(scene, draft, 'knowledgeMissing', 'knowledgePassed');
    else say(scene, draft, 'knowledgeMissing');
  }
};

const selectionBlock = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const { language } = scene;
  const quotes = wants.wishes.quote === 'asks';
  for (const outcome of outcomesOf(scene, 'set_selection')) {
    if (wants.shortly.cancels && outcome.ok) continue;
    const selection = outcome.ok ? selectionOf(outcome.data) : undefined;
    if (!selection) {
      refusedItems(scene, outcome, draft, 'selectionFailed');
      continue;
    }
    const lines = selection.lines.map((line) => orderLine(line, selection.currency, language));
    const title = phrase(quotes && !wants.selection ? 'quoteDetails' : 'selection', language);
    if (lines.length > 0)
      draft.blocks.push([title, ...lines, totalLine(selection, language)].filter(Boolean).join('\n'));
    if (selection.ask_quantity_of) draft.question ??= howMany(selection.ask_quantity_of, language);
    ask(
      scene,
      draft,
      scene.mayAsk === 'name' ? 'askName' : needsCompany(scene, wants) ? 'askCompany' : 'askMore',
    );
  }
  if (quotes && !wants.selection && scene.selection.length === 0) ask(scene, draft, 'quoteNeedsItems');
};

/** Lines with a quantity that the customer chose in this turn: the selection tells them already. */
const chosenNow = (scene: Scene): ReadonlyMap<string, number> =>
  new Map(
    outcomesOf(scene, 'set_selection')
      .flatMap((outcome) => (outcome.ok ? (selectionOf(outcome.data)?.lines ?? []) : []))
      .map(({ sku, quantity }) => [sku, quantity]),
  );

const needsCompany = (scene: Scene, wants: Understanding): boolean =>
  scene.mayAsk === 'company' && wants.facts.company === undefined;

/** A refusal is told as it is: ambiguous, unknown, or not possible now. */
const refusedItems = (scene: Scene, outcome: Outcome, draft: Draft, otherwise: PhraseName): void => {
  const refusal = refusalOf(outcome);
  const { language } = scene;
  const ambiguous = refusal.ambiguous ?? [];
  if (ambiguous.length > 0) {
    const lines = ambiguous.map((item) => variantLine(item, language));
    draft.blocks.push([phrase('selectionAmbiguous', language), ...lines].join('\n'));
    ask(scene, draft, 'askWhichItem');
  }
  const sku = typeof outcome.args.sku === 'string' ? [outcome.args.sku] : [];
  const unknown = refusal.unknown?.length ? refusal.unknown : saysUnknown(refusal) ? sku : [];
  if (unknown.length > 0) {
    draft.blocks.push(
      unknownItems(
        unknown.filter((item) => fits(item, scene)),
        language,
      ),
    );
    ask(scene, draft, 'needQuestion');
  }
  if (ambiguous.length > 0 || unknown.length > 0) return;
  if (sku[0]) draft.blocks.push(couldNotCheck(sku[0], language));
  else say(scene, draft, otherwise);
};

const whichBlock = (scene: Scene, wants: Understanding, draft: Draft): void => {
  if (wants.which.length === 0) return;
  const lines = wants.which.slice(0, MAX_SHOWN).map((item) => variantLine(item, scene.language));
  draft.blocks.push([phrase('several', scene.language), ...lines].join('\n'));
  ask(scene, draft, 'askWhichItem');
};

const stockBlock = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const found: Product[] = [];
  const chosen = chosenNow(scene);
  const wantedOf = ({ sku }: Product): number | null =>
    chosen.get(sku) ?? (chosen.size > 0 ? null : wants.quantity);
  for (const outcome of outcomesOf(scene, 'check_stock')) {
    const product = outcome.ok ? productOf(outcome.data) : undefined;
    if (!product) refusedItems(scene, outcome, draft, 'catalogDown');
    // What was chosen stands in the selection already; only a shortage is worth another line.
    else if (!chosen.has(product.sku) || isShort(product, wantedOf(product))) found.push(product);
  }
  if (found.length === 0) return;
  const lines = found.map((product) => productLine(product, wantedOf(product), scene.language));
  const short = found.some((product) => isShort(product, wantedOf(product)));
  const compared = wants.compares && found.length > 1;
  draft.blocks.push(
    [
      ...(compared ? [phrase('compared', scene.language)] : []),
      ...lines,
      ...(compared ? differences(found, scene.language) : []),
      ...(short ? [shortageOffer(scene.language)] : []),
    ].join('\n'),
  );
  if (compared) ask(scene, draft, 'askWhichSuits');
  askAfterItems(scene, wants, draft, found.length);
};

const productsBlock = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const searches = outcomesOf(scene, 'search_products');
  if (searches.length === 0) return;
  if (wants.searches.length > 1) {
    kindsBlock(scene, wants, draft, searches);
    return;
  }
  const cheaper = wants.cheaper !== null;
  const index = searches.findLastIndex((outcome) => productsOf(outcome).length > 0);
  const outcome = searches[index];
  if (!outcome) {
    const failed = searches.every(({ ok }) => !ok);
    say(scene, draft, failed ? 'catalogDown' : cheaper ? 'noCheaper' : 'nothingFound');
    ask(scene, draft, failed ? 'askAnythingElse' : cheaper ? 'askBudget' : 'needQuestion');
    return;
  }
  // A changed colour stands in the selection already.
  if (wants.recolours && chosenNow(scene).size > 0) return;
  const query = wants.searches[0]?.query ?? '';
  const products = ofKind(query, ofColour(scene.said, productsOf(outcome))).slice(0, MAX_SHOWN);
  const beyond = index > 0 && (wants.searches[0]?.maxPrice ?? null) !== null;
  const title = phrase(
    beyond ? 'overBudget' : cheaper ? 'foundCheaper' : 'found',
    scene.language,
    scene.replies,
  );
  const lines = products.map((product) => productLine(product, wants.quantity, scene.language));
  const short = products.every((product) => isShort(product, wants.quantity));
  draft.blocks.push([title, ...lines, ...(short ? [shortageOffer(scene.language)] : [])].join('\n'));
  if (wants.recolours) ask(scene, draft, products.length > 1 ? 'askWhichSuits' : 'askAnythingElse');
  askAfterItems(scene, wants, draft, products.length);
};

/** Of each kind of article the best few, judged by its own quantity; what was not found is said. */
const kindsBlock = (scene: Scene, wants: Understanding, draft: Draft, outcomes: readonly Outcome[]): void => {
  const lines = wants.searches.flatMap((search) => {
    const outcome = outcomes.find(({ args }) => args.query === search.query);
    const products = outcome ? ofColour(search.query, productsOf(outcome)).slice(0, MAX_OF_KIND) : [];
    if (products.length === 0) draft.blocks.push(noneOf(search.query, scene.language));
    return products.map((product) => productLine(product, search.quantity, scene.language));
  });
  if (lines.length === 0) {
    ask(scene, draft, 'needQuestion');
    return;
  }
  draft.blocks.push([phrase('found', scene.language, scene.replies), ...lines].join('\n'));
  const counted = wants.searches.every(({ quantity }) => quantity !== null);
  askAfterItems(scene, { ...wants, counted }, draft, lines.length);
};

const MAX_OF_KIND = 2;

/** A desk lamp is no desk: articles of the families that were named, when there are any (lesson F-12). */
const ofKind = (query: string, products: readonly Product[]): readonly Product[] => {
  const asked = familiesIn(fold(query));
  if (asked.size === 0) return products;
  const fitting = products.filter(({ name }) => {
    const families = familiesIn(fold(name));
    const isExtra = families.has('accessory') && !asked.has('accessory');
    return !isExtra && [...families].some((family) => asked.has(family));
  });
  return fitting.length > 0 ? fitting : products;
};

/** The name is asked beside the answer, never instead of it (domain 3.5). */
const askAfterItems = (scene: Scene, wants: Understanding, draft: Draft, shown: number): void => {
  if (scene.mayAsk === 'name' && wants.facts.name === undefined) ask(scene, draft, 'askName');
  // A quantity belongs to an article: of several it is asked together with which one.
  else if (!wants.counted) ask(scene, draft, shown > 1 ? 'askWhichAndHowMany' : 'askQuantity');
  else ask(scene, draft, shown > 1 ? 'askWhichSuits' : 'askMore');
};

/** Answers to a word or two. */
const shortBlock = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const { cancels, fine, noMore } = wants.shortly;
  if (cancels && !scene.quoted) {
    const outcome = outcomesOf(scene, 'set_selection').at(-1);
    say(
      scene,
      draft,
      outcome === undefined ? 'nothingToCancel' : outcome.ok ? 'cancelled' : 'selectionFailed',
    );
    ask(scene, draft, 'askAnythingElse');
    return;
  }
  if (draft.blocks.length > 0) return;
  if (noMore && scene.selection.length > 0 && !scene.quoted && wants.wishes.quote === null) {
    say(scene, draft, 'fine');
    ask(scene, draft, 'askQuote');
  } else if (fine || noMore) say(scene, draft, 'fine');
};

const smallTalk = (scene: Scene, wants: Understanding, draft: Draft): void => {
  if (wants.whoAreYou) say(scene, draft, 'iAmAssistant');
  if (wants.expensive && wants.cheaper === null) ask(scene, draft, 'askBudget');
  if (wants.nods && draft.blocks.length === 0) {
    nextStep(scene, wants, draft);
    return;
  }
  if (understoodNothing(wants) && draft.blocks.length === 0) {
    draft.question ??= phrase('clarify', scene.language);
    return;
  }
  const onlyTalk = draft.blocks.length === 0;
  if (onlyTalk && wants.bye) say(scene, draft, 'goodbye');
  else if (onlyTalk && wants.thanks) say(scene, draft, 'youAreWelcome');
  else if (onlyTalk && draft.question === null) greet(scene, draft);
  else nextStep(scene, wants, draft);
};

const greet = (scene: Scene, draft: Draft): void => {
  if (scene.first) say(scene, draft, 'offerHelp');
  ask(scene, draft, scene.first && scene.mayAsk === 'name' ? 'askName' : 'needQuestion');
};

/** Never end in the air (domain 5.15): after facts or an article, the next question. */
const nextStep = (scene: Scene, wants: Understanding, draft: Draft): void => {
  const { open, language } = scene;
  if (open?.kind === 'quantity' && open.options[0]) draft.question ??= howMany(open.options[0].sku, language);
  else if (open?.kind === 'variant') ask(scene, draft, 'askWhichItem');
  else if (scene.mayAsk === 'name' && wants.facts.name === undefined) ask(scene, draft, 'askName');
  else if (scene.quoted && suitsAsked(scene) < MAX_SUITS_ASKED) ask(scene, draft, 'askSuits');
  else if (scene.selection.length > 0) ask(scene, draft, 'askMore');
  // What was shown still waits for a choice: nobody is asked again what they look for (domain 3.8).
  else ask(scene, draft, openChoice(scene));
};

/** How often we asked lately whether the offer suits: once again after an interruption, then no more (domain 3.8). */
const suitsAsked = ({ replies }: Scene): number =>
  replies.filter((reply) => ASKS_IF_IT_SUITS.test(reply)).length;
const MAX_SUITS_ASKED = 2;

const openChoice = (scene: Scene): PhraseName => {
  const shown = scene.replies.slice(0, RECENT_REPLIES).map((reply) => listedItems(reply).length);
  const newest = shown.find((count) => count > 0);
  return newest === undefined ? 'needQuestion' : newest === 1 ? 'askQuantity' : 'askWhichSuits';
};

const RECENT_REPLIES = 4;
