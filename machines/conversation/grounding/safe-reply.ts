/**
 * The reply of last resort (domain 14; design 6): what is true of the refused reply, or else the facts that were found, in
 * the customer's language. It claims nothing that the tools did not find.
 */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { formatMoney } from '../../money/format.ts';
import { knownPrice, money } from '../../money/money.ts';
import type { ConversationContext, EvidenceProduct, Language, OrderLine } from '../context.ts';
import type { GroundingFacts } from './facts.ts';
import { groundingFactsOf } from './from-context.ts';
import { ground } from './ground.ts';
import { namedIn } from './names.ts';
import { wasSaid } from './said.ts';
import { salvage } from './salvage.ts';

/** Items and lines named in a safe reply: a choice, not a catalog (domain 5.19). */
const SAFE_ITEMS = 3;
const SAFE_LINES = 10;
/** Sentences of an article. */
const SAFE_SENTENCES = 2;

type Localised = Readonly<Record<Language, string>>;

/** Several wordings of each: nothing is said twice word by word. The first that was not said yet is taken. */
type Wordings = readonly [Localised, ...Localised[]];

const TELL_ME_MORE: Wordings = [
  {
    en: 'I want to be exact with you. Could you tell me a little more about what you need: which furniture, and how many pieces?',
    ar: 'أحب أن تكون إجابتي دقيقة. هل تخبرني أكثر عمّا تحتاجه: أي نوع من الأثاث وكم قطعة؟',
  },
  {
    en: 'To give you a sure answer I need a bit more detail. What should the furniture be used for?',
    ar: 'لأعطيك جوابًا أكيدًا أحتاج إلى تفاصيل أكثر. فيمَ سيُستخدم الأثاث؟',
  },
  {
    en: 'Let us take it step by step so that I get it right. Which piece of furniture should we look at first?',
    ar: 'لنأخذها خطوة خطوة حتى أجيبك بدقة. أي قطعة أثاث ننظر فيها أولاً؟',
  },
];
const CONFIRMED: Wordings = [
  { en: 'Here is what I can confirm right now:', ar: 'هذا ما أستطيع تأكيده الآن:' },
  { en: 'What I know for certain:', ar: 'ما أعرفه على وجه اليقين:' },
  { en: 'These are the facts I have checked:', ar: 'هذه هي المعلومات التي تحققت منها:' },
];
const SELECTION: Localised = { en: 'Your selection so far:', ar: 'اختيارك حتى الآن:' };
const TOTAL: Localised = { en: 'Total before VAT', ar: 'المجموع قبل الضريبة' };
/** Never end in the air (domain 5.15). */
const NEXT_STEP: Wordings = [
  { en: 'Which of these would you like to know more about?', ar: 'أي منها تود أن تعرف عنه المزيد؟' },
  { en: 'Which of them comes closest to what you have in mind?', ar: 'أيها أقرب إلى ما تفكر فيه؟' },
  { en: 'Shall we go on with one of these?', ar: 'هل نكمل بواحد منها؟' },
];
const ANYTHING_ELSE: Wordings = [
  { en: 'What else would you like to know?', ar: 'ما الذي تود معرفته أيضًا؟' },
  { en: 'What should I look at next for you?', ar: 'ما الذي أبحث عنه لك بعد ذلك؟' },
  { en: 'Is there a detail that matters most to you?', ar: 'هل هناك تفصيل يهمك أكثر من غيره؟' },
];

/** What is left of the refused reply, or the facts; never the words of an earlier reply while there are others. */
export const safeReply = (context: ConversationContext): string => {
  const facts = groundingFactsOf(context);
  const refused = context.turn.reply ?? '';
  const rest = refused === '' ? null : salvage(refused, facts);
  const ways = TELL_ME_MORE.map((_, way) => safeFacts(refused, facts, way));
  const [first = ''] = ways;
  return [...(rest === null ? [] : [rest]), ...ways].find((text) => !wasSaid(context, text)) ?? first;
};

/** The facts that bear on the refused reply: its own items first, else what the tools found, else an article. */
export const safeFacts = (refused: string, facts: GroundingFacts, way = 0): string => {
  const { language } = facts;
  const say = (wordings: Wordings): string => (wordings[way] ?? wordings[0])[language];
  const priced = facts.products.filter(({ price, currency }) => knownPrice(price, currency) !== null);
  const named = namedIn(refused, priced);
  const items = (named.length > 0 ? named : priced.filter(bearingOn(facts)))
    .slice(0, SAFE_ITEMS)
    .map((product) => itemLine(product, language));
  const blocks = [
    ...(items.length > 0 ? [[say(CONFIRMED), ...items].join('\n')] : []),
    ...selectionBlock(facts),
  ];
  if (blocks.length === 0) blocks.push(...articleBlock(facts));
  if (blocks.length === 0) return say(TELL_ME_MORE);
  const question = say(items.length > 1 ? NEXT_STEP : ANYTHING_ELSE);
  return [...blocks, question].join('\n\n');
};

/** Bursts in which the customer says what they want. */
const RECENT_BURSTS = 3;

/**
 * What was looked up beforehand may have nothing to do with the question ("make it 10" finds a footrest): an article that
 * shares no word with what the customer said lately is no answer to it.
 */
const bearingOn = ({ customerWords }: GroundingFacts): ((product: EvidenceProduct) => boolean) => {
  const said = new Set(stemsOf(customerWords.slice(-RECENT_BURSTS).join(' ')));
  return ({ sku, name, nameAr, category }) =>
    stemsOf(`${sku} ${name} ${nameAr ?? ''} ${category ?? ''}`).some((stem) => said.has(stem));
};

/** Beginnings of words; of Arabic ones the consonants, which a plural keeps: كرسي, كراسي. */
const stemsOf = (text: string): readonly string[] =>
  (fold(text).match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((word) =>
    /\p{Script=Arabic}/u.test(word)
      ? word
          .replace(/^[وفبلك]?ال/, '')
          .replace(/(?<=.)[اوي]/g, '')
          .slice(0, 4)
      : word.slice(0, 4),
  );

const nameOf = (
  item: { readonly name: string; readonly nameAr?: string | null },
  language: Language,
): string => (language === 'ar' ? (item.nameAr ?? item.name) : item.name);

const itemLine = (product: EvidenceProduct, language: Language): string => {
  const price = knownPrice(product.price, product.currency) ?? money('0.00');
  return `- ${nameOf(product, language)} (${product.sku}): ${formatMoney(price, language)}${stockOf(product, language)}`;
};

const stockOf = ({ stock }: EvidenceProduct, language: Language): string => {
  if (stock === null) return '';
  if (stock <= 0) return language === 'ar' ? '، غير متوفر حاليًا' : ', out of stock at the moment';
  return language === 'ar' ? `، المتوفر ${stock}` : `, ${stock} in stock`;
};

const selectionBlock = (facts: GroundingFacts): readonly string[] => {
  const { language, lines, subtotal } = facts;
  if (lines.length === 0 || subtotal === null) return [];
  const currency = lines[0]?.currency ?? 'AED';
  // The selection and its quotation hold the same lines: each is told once.
  const shown = [...new Set(lines.map((line) => lineOf(line, facts)))].slice(0, SAFE_LINES);
  return [
    [
      SELECTION[language],
      ...shown,
      `${TOTAL[language]}: ${formatMoney(money(subtotal, currency), language)}`,
    ].join('\n'),
  ];
};

const lineOf = (line: OrderLine, { language, products }: GroundingFacts): string => {
  const product = products.find(({ sku }) => sku === line.sku);
  const name = nameOf(product ?? line, language);
  return `- ${line.quantity} × ${name} (${line.sku}) = ${formatMoney(money(line.lineTotal, line.currency), language)}`;
};

/** The beginning of the first article that is in the customer's language. */
const articleBlock = (facts: GroundingFacts): readonly string[] => {
  for (const { body } of facts.articles) {
    const text = sentencesOf(body)
      .slice(0, SAFE_SENTENCES)
      .map((sentence) => sentence.text)
      .join(' ');
    if (text !== '' && ground(text, facts).ok) return [text];
  }
  return [];
};
