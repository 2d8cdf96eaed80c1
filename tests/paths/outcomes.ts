/**
 * How each program that the machine starts may end well. The record's type lists every program and the samples cover
 * every tool: a new one does not compile, or fails the walk, until it has an outcome here.
 */
import type {
  CreateQuoteInput,
  conversationActors,
  FindPhotosInput,
  LookAtInput,
  MoveDealInput,
  SendInput,
  ThinkInput,
  ThinkOutput,
  ToolResult,
  TranscribeInput,
  UseToolsInput,
} from '../../machines/conversation/actors.ts';
import { DEFAULT_BRIEFING } from '../../machines/conversation/context.ts';
import type { AdaptInput } from '../../machines/conversation/draft/draft-prompt.ts';
import { CHAIR } from '../../machines/conversation/testing/driver.ts';
import type { TouchRequest } from '../../machines/outreach/touch.ts';
import type { RenderQuoteInput } from '../../machines/quotation/render.ts';
import type { Child } from './place.ts';

export interface Outcome {
  readonly label: string;
  readonly output: unknown;
}

type Program = keyof typeof conversationActors;

/** An amount that no tool ever found: it must reach no customer. */
export const INVENTED = '99.00 AED';

/** What the model may ask each tool for. */
const TOOL_ARGUMENTS: Readonly<Record<string, readonly object[]>> = {
  search_products: [{ query: 'desk' }],
  check_stock: [{ sku: CHAIR.sku }],
  search_knowledge: [{ query: 'delivery' }],
  set_selection: [{ items: [{ sku: CHAIR.sku, quantity: 2 }] }],
  update_customer: [
    { name: 'Sara', company: 'Acme', email: 'sara@acme.test', address: 'Office 12, Bay Square' },
  ],
  request_quote: [{}],
  send_photos: [{ skus: [CHAIR.sku] }],
  answer_quote: [
    { answer: 'declined' },
    { answer: 'later' },
    { answer: 'accepted' },
    { answer: 'rejected' },
    { answer: 'too_expensive' },
    { answer: 'change' },
  ],
  order_status: [{}],
  close_conversation: [{ outcome: 'lost', reason: 'bought elsewhere' }],
  hand_over: [
    { reason: 1, summary: 'wants a person' },
    { reason: 9, summary: 'wants to see the showroom' },
  ],
  agree_next_contact: [{ when: 'P3D', about: 'the desks' }],
  record_feedback: [{ overall: 5 }, { overall: 5, delivery: 4, recommend: true, comment: 'thank you' }],
  opt_out: [{}],
  referral_code: [{}],
  use_referral_code: [{ code: 'NOOR-7K2Q9' }],
};

const AMBIGUOUS: ToolResult = {
  tool: 'refused',
  reason: 'several variants',
  written: 'CH',
  ambiguous: [
    { sku: CHAIR.sku, name: CHAIR.name },
    { sku: 'CH-617', name: 'Another chair' },
  ],
};

const DESK = { ...CHAIR, sku: 'DK-100', name: 'Desk 100', price: '900.00' };

const TOOL_RESULTS: Readonly<Record<string, readonly (readonly [string, ToolResult])[]>> = {
  search_products: [['found', { tool: 'products', products: [CHAIR] }]],
  check_stock: [['found', { tool: 'stock', product: CHAIR }]],
  order_status: [['read', { tool: 'orders', orders: [] }]],
  search_knowledge: [
    ['found', { tool: 'knowledge', articles: [{ id: 'a1', title: 'Delivery', body: 'Within days.' }] }],
  ],
  set_selection: [
    [
      'priced',
      {
        tool: 'selection',
        products: [CHAIR],
        lines: [
          {
            sku: CHAIR.sku,
            name: CHAIR.name,
            quantity: 2,
            unitPrice: '450.00',
            lineTotal: '900.00',
            currency: 'AED',
          },
        ],
      },
    ],
    [
      'one more of it',
      {
        tool: 'selection',
        products: [CHAIR],
        lines: [
          {
            sku: CHAIR.sku,
            name: CHAIR.name,
            quantity: 3,
            unitPrice: '450.00',
            lineTotal: '1350.00',
            currency: 'AED',
          },
        ],
      },
    ],
    ['nothing left', { tool: 'selection', products: [], lines: [] }],
    ['several variants', AMBIGUOUS],
    [
      'how many',
      {
        tool: 'selection',
        products: [CHAIR],
        lines: [],
        unquantified: [{ sku: CHAIR.sku, name: CHAIR.name }],
      },
    ],
    [
      'another article',
      {
        tool: 'selection',
        products: [DESK],
        lines: [
          {
            sku: DESK.sku,
            name: DESK.name,
            quantity: 1,
            unitPrice: '900.00',
            lineTotal: '900.00',
            currency: 'AED',
          },
        ],
      },
    ],
  ],
};

const REFUSED: ToolResult = { tool: 'refused', reason: 'This cannot be checked right now.' };

const thought = (text: string | null, calls: readonly (readonly [string, string])[] = []): ThinkOutput => ({
  text,
  toolCalls: calls.map(([name, args], index) => ({ id: `call_${index}`, name, arguments: args })),
  finishReason: calls.length > 0 ? 'tool_calls' : 'stop',
  model: 'test/model',
  generationId: null,
  usage: { promptTokens: 100, completionTokens: 10, cachedTokens: 0, costUsd: '0.0004' },
});

/** The model answers, invents, says nothing, asks for each tool that it is offered, or for what there is not. */
const thinkOutcomes = ({ messages, tools }: ThinkInput): Readonly<Record<string, ThinkOutput>> => {
  const arabic = messages.some(
    ({ role, content }) => role === 'system' && content.startsWith('Answer in Arabic'),
  );
  const calls = tools.flatMap(({ function: { name } }) => {
    const samples = TOOL_ARGUMENTS[name];
    if (!samples) throw new Error(`The tool ${name} has no sample arguments: add them to TOOL_ARGUMENTS.`);
    return samples.map(
      (args, index) => [`calls ${name} ${index + 1}`, thought(null, [[name, JSON.stringify(args)]])] as const,
    );
  });
  return {
    'a sound answer': thought(arabic ? 'ما المقاس المناسب لك؟' : 'Which size should the desks be?'),
    'an invented price': thought(arabic ? 'السعر 99.00 درهم' : `They cost ${INVENTED}.`),
    nothing: thought(null),
    ...(tools.length > 0
      ? { 'calls what there is not': thought(null, [['give_discount', '{"percent":90}']]) }
      : {}),
    ...Object.fromEntries(calls),
  };
};

const useToolsOutcomes = ({ calls }: UseToolsInput): Readonly<Record<string, unknown>> => {
  const answer = (pick: (name: string) => ToolResult) => ({
    results: calls.map(({ id, name }) => ({ id, name, result: pick(name) })),
  });
  const kinds = new Set(calls.flatMap(({ name }) => (TOOL_RESULTS[name] ?? []).map(([kind]) => kind)));
  return {
    refused: answer(() => REFUSED),
    ...Object.fromEntries(
      [...kinds].map((kind) => [
        kind,
        answer((name) => TOOL_RESULTS[name]?.find(([one]) => one === kind)?.[1] ?? REFUSED),
      ]),
    ),
  };
};

const heard = ({ notes }: TranscribeInput, text: string | null) => ({
  heard: notes.map(({ messageId }) => ({
    messageId,
    text,
    reason: text === null ? 'nothing was said' : null,
    seconds: 3,
    costUsd: '0.0003',
  })),
});

const OUTCOMES: Readonly<Record<Program, (input: never) => Readonly<Record<string, unknown>>>> = {
  lookAt: ({ pictures }: LookAtInput) => ({
    'a plan': {
      seen: pictures.map(({ messageId }) => ({ messageId, what: 'plan', description: null })),
    },
    'a product': {
      seen: pictures.map(({ messageId }) => ({ messageId, what: 'product', description: 'a black chair' })),
    },
    'nothing to go by': {
      seen: pictures.map(({ messageId }) => ({ messageId, what: 'unseen', description: null })),
    },
  }),
  findPhotos: ({ skus }: FindPhotosInput) => ({
    found: { files: skus.map((sku) => ({ path: `p/${sku}.png`, name: `${sku}.png`, kind: 'image' })) },
  }),
  createDeal: () => ({ made: { dealId: 'deal-1' } }),
  moveDeal: ({ stage, amount }: MoveDealInput) => ({ moved: { stage, amount } }),
  adaptDraft: ({ draft }: AdaptInput) => ({
    'worded for the customer': { text: `${draft} Thank you!`, adapted: true },
  }),
  brief: () => ({
    'a usual day': { briefing: DEFAULT_BRIEFING, products: [CHAIR], articles: [] },
    'the assistant is switched off': {
      briefing: { ...DEFAULT_BRIEFING, botEnabled: false },
      products: [],
      articles: [],
    },
  }),
  identifyCustomer: () => ({
    'nobody known': { contact: null },
    'a known customer': {
      contact: { id: 'crm-7', name: 'Sara', company: 'Acme', email: null, segment: 'Horeca' },
    },
  }),
  createContact: () => ({ recorded: { contactId: 'crm-8' } }),
  think: (input: ThinkInput) => thinkOutcomes(input),
  transcribe: (input: TranscribeInput) => ({
    words: heard(input, 'أحتاج خمسة مكاتب'),
    silence: heard(input, null),
  }),
  useTools: (input: UseToolsInput) => useToolsOutcomes(input),
  createQuote: ({ revision }: CreateQuoteInput) => ({
    made: { kind: 'created', number: 'TJ-0001', orderId: '1', customerId: '2', revision },
    'prices are others now': { kind: 'repriced', lines: [{ sku: CHAIR.sku, listPrice: '500.00' }] },
    'not sold any more': { kind: 'unsellable', skus: [CHAIR.sku] },
  }),
  renderQuote: ({ number, revision }: RenderQuoteInput) => ({
    drawn: {
      file: { path: 'q.pdf', name: `Quotation-${number}-R${revision}.pdf`, kind: 'document' },
      bytes: 1,
      sha256: 'x',
      grandTotal: '945.00',
      validUntil: '2026-12-07',
    },
  }),
  askOutreach: ({ touch, windowClosesAt }: TouchRequest) => ({
    'it may go out': { verdict: 'send', text: `Touch ${touch.kind}`, template: { id: 't1', values: [] } },
    'not now': { verdict: 'wait', until: (windowClosesAt ?? 0) + 1, reason: 'quiet_hours' },
    never: { verdict: 'blocked', reason: 'no_template', detail: null },
  }),
  checkOrder: () => ({
    'under way': { stage: 'open', paid: false },
    'paid and delivered': { stage: 'delivered', paid: true },
    cancelled: { stage: 'cancelled', paid: false },
    'no such order': null,
  }),
  sendMessage: ({ localId }: SendInput) => ({ sent: { localId, providerIds: [`p-${localId}`] } }),
};

export const outcomesOf = ({ src, input }: Child): readonly Outcome[] => {
  const outcomes = OUTCOMES[src as Program];
  if (!outcomes) throw new Error(`The program ${src} has no outcomes: add them to OUTCOMES.`);
  return Object.entries(outcomes(input as never)).map(([label, output]) => ({ label, output }));
};
