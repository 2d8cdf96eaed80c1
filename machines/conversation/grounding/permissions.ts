/** What only a manager or an article may promise, and what is not offered at all (domain 14.4 to 14.6). */

import { words } from '../../language/words.ts';
import { placesIn } from '../../slots/places.ts';
import { type Check, eachSentence, states, statesFirmly } from './check.ts';
import { businessSays, type Known } from './known.ts';
import type { Said } from './reply.ts';

interface Topic {
  readonly claim: RegExp;
  /** What an article says when it permits this; the claim's own words by default. */
  readonly proof?: RegExp;
  readonly problem: string;
}

const ask = (what: string): string =>
  `The reply promises ${what}; that is a manager's decision. Say so, or leave it out.`;

/** Domain 14.4, 14.5: true when an article says it, otherwise a manager's. */
const CONDITIONAL: readonly Topic[] = [
  {
    claim: words(
      'custom(?:[- ]?made|i[sz]ed?| making| size| colou?r)?|bespoke|made to (?:order|measure)|(?:any|every|whatever) (?:size|colou?r|dimension|shape)|special size',
      ['مقاس خاص', 'أي مقاس', 'حسب الطلب', 'تفصيل', 'نفصل', 'أي لون', 'بأي لون', 'نسويه لك', 'نسوي لك'],
    ),
    problem: ask('custom making'),
  },
  {
    claim: words(
      'instal?lments?|deferred|pay (?:later|after|next|monthly|in \\d)|payment plan|on credit|credit terms|post-?dated|cash on delivery|pay(?:ment)? on delivery|no (?:advance|deposit|prepayment)|\\d+ days credit',
      [
        'تقسيط',
        'أقساط',
        'آجل',
        'الدفع عند الاستلام',
        'الدفع لاحقا',
        'تدفع بعد',
        'على دفعات',
        'على دفعتين',
        'بدون دفعة',
      ],
    ),
    problem: ask('payment terms'),
  },
  {
    claim: words(
      '(?:can|will|could|able to) (?:source|import|get hold of|procure|order)(?! (?:now|here|today))',
      ['نوفره لك من', 'نستورد', 'نطلبه لك', 'نطلبها لك'],
    ),
    problem: ask('sourcing outside the catalog'),
  },
  {
    claim: words(
      "(?:we|i|our \\w+)(?:'ll| will| can| could)? (?:visit|come (?:to|over)|measure|survey)|site visit|take (?:the )?measure",
      ['نزوركم', 'نزورك', 'نعاين', 'نأخذ المقاسات', 'زيارة موقعكم'],
    ),
    problem: ask('a visit to the customer'),
  },
  {
    claim: words(
      '(?:can|may|could) (?:return|exchange)|money[- ]back|free return|return (?:it|them) (?:within|any|if)|full refund|refund you',
      ['يمكنك إرجاع', 'تقدر ترجع', 'استرداد المبلغ', 'إرجاعه', 'يمكنك استبدال'],
    ),
    problem: ask('a return'),
  },
  {
    claim: words(
      '(?:match|beat) (?:any|the|their|your|that|this|every)[^.]{0,25}(?:price|offer|quote)|price match|lowest price|best price guarantee',
      ['نطابق أي سعر', 'أقل سعر مضمون'],
    ),
    problem: ask('to match a price'),
  },
  {
    claim: words(
      '(?:delivery|shipping|installation|assembly|transport)[^.]{0,25}(?:free|no charge|no cost|at no|included|complimentary)|free (?:delivery|shipping|installation|assembly|transport)|(?:deliver|install|assemble|ship)[^.]{0,25} (?:for free|free of charge)|free of charge',
      [
        'توصيل مجاني',
        'التوصيل مجانا',
        'التوصيل مجاني',
        'التركيب مجاني',
        'تركيب مجاني',
        'التركيب مشمول',
        '=مجانا',
      ],
    ),
    proof: words('free|no charge|included|complimentary', ['مجاني', 'مجانا', 'مشمول']),
    problem: ask('free delivery or installation'),
  },
  {
    claim: words(
      '(?:send|ship|bring|provide|give|deliver|offer|get)(?: you)?(?: \\w+){0,2} samples?|free samples?',
      ['عينات مجانية', 'عينة مجانية', 'نرسل لك عينات', 'نرسل لك عينة', 'نعطيك عينة'],
    ),
    problem: ask('samples'),
  },
  {
    claim: words(
      "(?:i|we)(?:'ll| will| can| could|'d)? (?:gladly |also )?(?:hold|reserve|set aside|put aside|book)(?! (?:your|you) (?:e-?mail|name))",
      ['أحجز لك', 'نحجز لك', 'نقدر نحجز'],
    ),
    problem: ask('a reservation'),
  },
  {
    claim: words('on display|(?:see|try|test|sit (?:in|on))[^.]{0,40} (?:in|at) (?:our|the) showroom', [
      'معروض',
      'تجربه في المعرض',
      'تشوفه في المعرض',
      'تجربته في المعرض',
    ]),
    problem: ask('that a given item is on display'),
  },
];

/** Domain 14.6: not offered, whatever an article says of it. */
const NOT_OFFERED: readonly Topic[] = [
  {
    claim: words(
      "(?:we|i)(?: can| will|'ll| could| do| also){0,2} (?:buy|buy back|purchase|take back|appraise|evaluate|value|trade[- ]in)[^.]{0,25}(?:used|old|second[- ]hand|existing|your)|trade[- ]in",
      ['نشتري أثاث', 'نشتري اثاثك', 'نقيم أثاث', 'نشتري المستعمل'],
    ),
    problem: 'Treejar does not buy or appraise used furniture; say so politely.',
  },
  {
    claim: words(
      '(?:send|share|forward|pass on|attach)[^.]{0,20}(?:cv|resume|job application)|we are hiring|(?:your )?application (?:will|has)',
      ['أرسل سيرتك', 'سيرتك الذاتية', 'نوظف'],
    ),
    problem: 'Job applications are not handled here; name no route that no article gives.',
  },
  {
    claim: words('(?:become|be) (?:our|a) (?:supplier|partner|distributor|dealer)', [
      'تصبح موردا',
      'تصبح شريكا',
    ]),
    problem: 'Partnerships are not handled here; say so politely.',
  },
];

const DELIVERS = words('deliver\\w{0,3}|ship|ships|shipping|supply|supplies|install', [
  'نوصل',
  'توصيل',
  'نشحن',
  'شحن',
  'نورد',
]);
/** At home: what is said of the Emirates needs no article (domain 2.7). */
const AT_HOME =
  /^[وبلف]?(?:uae|u\.a\.e|united arab emirates|emirates|dubai|dxb|abu ?dhabi|auh|sharjah|ajman|ras al[ -]khaimah|rak|fujairah|umm al[ -]quwain|al ?ain|kalba|hatta|khor ?fakkan|الامارات|الامارات العربيه المتحده|دوله الامارات|دبي|ابو ?ظبي|الشارقه|عجمان|راس الخيمه|الفجيره|ام القيوين|العين|خورفكان)$/;

export const unpermitted: Check = eachSentence('permission', (said, known) => [
  ...CONDITIONAL.filter(
    ({ claim, proof }) => states(said, claim) && !businessSays(known, proof ?? claim, said.plain),
  ).map(({ problem }) => problem),
  ...NOT_OFFERED.filter(({ claim }) => statesFirmly(said, claim)).map(({ problem }) => problem),
  ...farDelivery(said, known),
]);

const ANYWHERE = words('worldwide|world[- ]wide|anywhere|abroad|international\\w*|globally|overseas', [
  'كل دول العالم',
  'لأي مكان',
  'خارج الإمارات',
]);

const farDelivery = (said: Said, known: Known): readonly string[] => {
  if (!states(said, DELIVERS)) return [];
  const anywhere = ANYWHERE.exec(said.plain)?.[0]?.trim();
  if (anywhere !== undefined && !known.business.includes(anywhere)) {
    return [`The reply says that "${anywhere}" is served; no article of this turn says so.`];
  }
  return placesIn(said.plain)
    .filter((place) => !AT_HOME.test(place) && !known.business.includes(place.replace(/^[وبلف](?=ال)/, '')))
    .map((place) => `The reply says that ${place} is served; no article of this turn says so.`);
};
