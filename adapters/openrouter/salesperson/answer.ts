/** Puts the reply together: an introduction when due, what the tools found, and at most one question (domain 3.7). */

import { pendingQuote, saidAbout } from './after-sale.ts';
import { ofColour } from './colours.ts';
import { isShort, orderLine, productLine, shortageOffer, totalLine, variantLine } from './item-lines.ts';
import { listedItems } from './items.ts';
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
  type Article,
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
import { fold, hasArabic, pattern, shorten } from './text.ts';
import type { Understanding } from './understand.ts';

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
    smallTalk(scene, wants, draft);
  }
  const blocks = scene.first ? [introOf(scene), ...draft.blocks] : draft.blocks;
  const question = handedOver || draft.isFinal ? null : draft.question;
  return [...blocks, ...(question ? [question] : [])].join('\n\n');
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
  draft.question ??= pendingQuote(scene);
};

/** After these nothing more is asked. */
const FINAL: ReadonlySet<string> = new Set(['opt_out', 'close_conversation', 'agree_next_contact']);

/** The article that shares most words with the question; between equals the one found first. */
const bestFor = (query: string, articles: readonly Article[]): Article | undefined => {
  const words = new Set(stems(query));
  const score = (text: string) => stems(text).filter((word) => words.has(word)).length;
  const timed = ASKS_HOW_LONG.test(fold(query));
  const worth = ({ title, body }: Article) => {
    const shared = 3 * score(title) + score(body);
    // A title that speaks of more than was asked ("… outside the UAE") is about something else.
    const beside = stems(title).length - score(title);
    return shared > 0 ? shared - beside / 2 + (timed && DAYS.test(body) ? 4 : 0) : 0;
  };
  return articles.reduce<Article | undefined>(
    (best, article) => (best === undefined || worth(article) > worth(best) ? article : best),
    undefined,
  );
};

const ASKS_HOW_LONG = pattern(/\bhow (fast|long|soon|quick\w*)\b|\bwhen\b|\bdelivery time\b/, [
  'كم مدة',
  'متى',
  'كم يستغرق',
  'كم يوم',
  'خلال كم',
]);
const DAYS = /\bdays\b|أيام/i;

/** Words that say nothing of what is asked, beginnings only. */
const EMPTY =
  /^(?:where|what|when|does|have|your|with|this|that|they|there|want|need|like|long|take|much|هذا|هذه|لديك|عندك|يمكن)/;

const stems = (text: string): readonly string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}]+/u)
      .map((word) => word.replace(/^[وفبلك]?ال/, ''))
      .filter((word) => word.length > 3 && !EMPTY.test(word))
      .map((word) => (hasArabic(word) ? skeleton(word) : word.slice(0, 5))),
  ),
];

/** "توصلون" and "توصيل" share their consonants: the long vowels between them say who does it and when. */
const skeleton = (word: string): string => word.replace(/(?<=.)[اويى]/gu, '').slice(0, 3);

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
  for (const outcome of outcomesOf(scene, 'check_stock')) {
    const product = outcome.ok ? productOf(outcome.data) : undefined;
    // What was chosen stands in the selection already; only a shortage is worth another line.
    if (product && (!wants.chosen.includes(String(outcome.args.sku)) || isShort(product, wants.quantity)))
      found.push(product);
    else if (product) continue;
    else refusedItems(scene, outcome, draft, 'catalogDown');
  }
  if (found.length === 0) return;
  const lines = found.map((product) => productLine(product, wants.quantity, scene.language));
  const short = found.some((product) => isShort(product, wants.quantity));
  draft.blocks.push([...lines, ...(short ? [shortageOffer(scene.language)] : [])].join('\n'));
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
  const products = ofColour(scene.said, productsOf(outcome)).slice(0, MAX_SHOWN);
  const beyond = index > 0 && (wants.searches[0]?.maxPrice ?? null) !== null;
  const title = phrase(
    beyond ? 'overBudget' : cheaper ? 'foundCheaper' : 'found',
    scene.language,
    scene.replies,
  );
  const lines = products.map((product) => productLine(product, wants.quantity, scene.language));
  const short = products.every((product) => isShort(product, wants.quantity));
  draft.blocks.push([title, ...lines, ...(short ? [shortageOffer(scene.language)] : [])].join('\n'));
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
  askAfterItems(scene, { ...wants, quantity: counted ? wants.quantity : null }, draft, lines.length);
};

const MAX_OF_KIND = 2;

/** The name is asked beside the answer, never instead of it (domain 3.5). */
const askAfterItems = (scene: Scene, wants: Understanding, draft: Draft, shown: number): void => {
  if (scene.mayAsk === 'name' && wants.facts.name === undefined) ask(scene, draft, 'askName');
  else if (wants.quantity === null) ask(scene, draft, 'askQuantity');
  else ask(scene, draft, shown > 1 ? 'askWhichSuits' : 'askMore');
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
  if (scene.mayAsk === 'name' && wants.facts.name === undefined) ask(scene, draft, 'askName');
  else if (scene.selection.length > 0) ask(scene, draft, 'askMore');
  // What was shown still waits for a choice: nobody is asked again what they look for (domain 3.8).
  else ask(scene, draft, openChoice(scene));
};

const openChoice = (scene: Scene): PhraseName => {
  const shown = scene.replies.slice(0, RECENT_REPLIES).map((reply) => listedItems(reply).length);
  const newest = shown.find((count) => count > 0);
  return newest === undefined ? 'needQuestion' : newest === 1 ? 'askQuantity' : 'askWhichSuits';
};

const RECENT_REPLIES = 4;
