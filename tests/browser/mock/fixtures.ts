/** The shop on an ordinary afternoon: customers in two languages, at every stage that the admin must show. */
import { tellHandOver, tellTakeOver, tellTurn, tellUnanswered, tellWriting } from './story.ts';
import { applyStep, iso, type MockConversation, startConversation } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const aed = (amount: string) => ({ amount, currency: 'AED' });

const FORMA_210 = {
  sku: 'CHR-ERG-210',
  name: 'Forma 210 ergonomic chair, black mesh',
  nameAr: null,
  description: null,
  category: 'Ergonomic chairs',
  price: '845.00',
  currency: 'AED',
  stock: 34,
};
const FORMA_340 = {
  ...FORMA_210,
  sku: 'CHR-ERG-340',
  name: 'Forma 340 ergonomic chair',
  price: '1190.00',
  stock: 6,
};

/** The one that screenshots and tests open: English, a choice of chairs, an order in the making. */
const layla = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000101', name: 'Layla Haddad', at: now - 26 * HOUR });
  tellTurn(chat, {
    at: now - 26 * HOUR,
    customer: 'Hi, do you sell office chairs?',
    bot: 'Hello! I am Noor from Treejar. Yes, we supply ergonomic, task and executive chairs from stock in Dubai.\n\nMay I ask what the chairs are for, and how I should address you?',
  });
  tellTurn(chat, {
    at: now - 52 * MINUTE,
    customer: 'Layla here. We are moving 12 people into a new office in Business Bay, they sit 9 hours a day',
    tools: ['search_products', 'update_customer'],
    knew: [FORMA_210, FORMA_340],
    bot: 'Nice to meet you, Layla. A new office is a good moment to get the seating right.\n\nFor nine-hour days I would look at these two, both in stock:\n• *Forma 210* ergonomic chair, 845.00 AED\n• *Forma 340* with headrest and lumbar support, 1,190.00 AED\n\nDo you have a budget per seat in mind?',
    learnt: {
      changes: [
        { op: 'replace', path: '/context/slots/name', old: null, value: 'Layla' },
        { op: 'add', path: '/context/slots/address', value: 'Business Bay' },
        { op: 'add', path: '/context/slots/need', value: 'Seating for 12 people, 9 hours a day' },
      ],
      detail: {
        customer: {
          name: 'Layla Haddad',
          phone: '+971500000101',
          crmContactId: '557700000231004',
          kind: 'returning',
          slots: [
            { slot: 'name', value: 'Layla', source: 'customer' },
            { slot: 'need', value: 'Seating for 12 people, 9 hours a day', source: 'customer' },
            { slot: 'address', value: 'Business Bay', source: 'customer' },
          ],
        },
      },
      states: { customer: 'customer.returning' },
    },
  });
  tellTurn(chat, {
    at: now - 9 * MINUTE,
    customer: 'under 900 each. take 12 of the 210 then, company is Haddad & Partners',
    quoted: 'Forma 210 ergonomic chair, 845.00 AED',
    tools: ['set_selection', 'check_stock'],
    knew: [FORMA_210],
    bot: 'Noted: 12 × *Forma 210* at 845.00 AED, 10,140.00 AED for the chairs before VAT. 34 are in stock.\n\nWould you like a written quotation for Haddad & Partners?',
    status: 'delivered',
    learnt: {
      states: { order: 'order.selecting' },
      changes: [
        { op: 'add', path: '/context/order/lines/0', value: { sku: 'CHR-ERG-210', quantity: 12 } },
        { op: 'replace', path: '/context/slots/company', old: null, value: 'Haddad & Partners' },
        { op: 'replace', path: '/context/slots/budget', old: null, value: 'under 900 AED a seat' },
      ],
      detail: {
        order: {
          lines: [
            {
              sku: 'CHR-ERG-210',
              name: 'Forma 210 ergonomic chair, black mesh',
              quantity: 12,
              unitPrice: aed('845.00'),
              lineTotal: aed('10140.00'),
            },
          ],
          subtotal: aed('10140.00'),
        },
        customer: {
          name: 'Layla Haddad',
          phone: '+971500000101',
          crmContactId: '557700000231004',
          kind: 'returning',
          slots: [
            { slot: 'name', value: 'Layla', source: 'customer' },
            { slot: 'company', value: 'Haddad & Partners', source: 'customer' },
            { slot: 'need', value: 'Seating for 12 people, 9 hours a day', source: 'customer' },
            { slot: 'budget', value: 'under 900 AED a seat', source: 'customer' },
            { slot: 'address', value: 'Business Bay', source: 'customer' },
          ],
        },
      },
    },
  });
  chat.detail = {
    ...chat.detail,
    nextTimer: { id: 'xstate.after.followUp', label: 'First follow-up', at: iso(now + 22 * HOUR) },
    timers: [
      { id: 'xstate.after.followUp', label: 'First follow-up', at: iso(now + 22 * HOUR) },
      {
        id: 'xstate.after.windowCloses',
        label: '24-hour window closes',
        at: iso(now + 24 * HOUR - 9 * MINUTE),
      },
    ],
  };
  return chat;
};

/** Arabic with Latin names, prices and a phone number in one line. */
const nasser = (now: number): MockConversation => {
  const chat = startConversation({
    chatId: '971500000104',
    name: 'ناصر الكعبي',
    language: 'ar',
    at: now - 3 * HOUR,
  });
  tellTurn(chat, {
    at: now - 40 * MINUTE,
    customer: 'السلام عليكم، أحتاج 10 كراسي مكتب مريحة للظهر',
    tools: ['search_products'],
    bot: 'وعليكم السلام ورحمة الله. معك نور من Treejar.\n\nأنصحك بكرسي *Forma 210* بسعر 845.00 AED، وهو متوفر في المخزون. هل هناك ميزانية محددة لكل كرسي؟',
  });
  tellTurn(chat, {
    at: now - 12 * MINUTE,
    customer: 'كم سعر Forma 340 مع التوصيل إلى Jumeirah؟ رقمي الثاني 050 123 4567',
    tools: ['check_stock', 'search_knowledge'],
    bot: 'سعر *Forma 340* هو 1,190.00 AED للكرسي قبل الضريبة، ويتوفر منه 6 قطع فقط. التوصيل داخل دبي خلال أيام العمل، ويؤكد الزميل الموعد الدقيق.',
    status: 'read',
  });
  tellUnanswered(chat, { at: now - 70_000, customer: 'تمام، وهل يوجد ضمان؟' }, 3);
  return chat;
};

/** Angry, handed over, waiting for a person. */
const omar = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000117', name: 'Omar Nasser', at: now - 30 * HOUR });
  tellTurn(chat, {
    at: now - 5 * HOUR,
    customer: 'Where is my order? It was promised for Thursday',
    tools: ['order_status'],
    bot: 'I am sorry for the wait, Omar. I see your order is being prepared; I cannot see a confirmed delivery date here.',
  });
  applyStep(chat, {
    at: now - 23 * MINUTE,
    cause: 'customer',
    importance: 2,
    event: 'customer.message',
    title: 'The customer wrote',
    states: { turn: 'turn.working.gathering', window: 'window.open' },
    message: { from: 'customer', text: 'This is not acceptable. I want to talk to a real person NOW' },
  });
  tellHandOver(chat, now - 23 * MINUTE + 4000, '1: asks for a human');
  applyStep(chat, {
    at: now - 11 * MINUTE,
    cause: 'customer',
    importance: 2,
    event: 'customer.message',
    title: 'The customer wrote',
    message: { from: 'customer', text: 'Hello??' },
  });
  return chat;
};

/** A person speaks; one message did not arrive; the window is about to close. */
const grace = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000123', name: 'Grace Miller', at: now - 50 * HOUR });
  tellTurn(chat, {
    at: now - 23.2 * HOUR,
    customer: 'Attached is our floor plan, can you furnish all of it?',
    kind: 'document',
    media: { uri: 'https://store.example.com/plan.pdf', name: 'floor-plan-level-14.pdf' },
    bot: 'Thank you for the plan, Grace. A colleague who does full offices will go through it and come back to you here.',
  });
  tellHandOver(chat, now - 23.1 * HOUR, '14: sends drawings');
  tellTakeOver(chat, now - 22.5 * HOUR, 'Aisha Rahman');
  const returns = { id: 'xstate.after.handOverReturn', label: 'Silent manager', at: iso(now + 5 * HOUR) };
  chat.detail = { ...chat.detail, timers: [returns], nextTimer: returns };
  tellWriting(
    chat,
    'manager',
    'Aisha Rahman',
    'Hi Grace, Aisha here. I have your plan and will send zones by room today.',
    now - 22.4 * HOUR,
    { status: 'read' },
  );
  tellWriting(
    chat,
    'note',
    'Aisha Rahman',
    'Fit-out contractor is ready on the 2nd, so delivery not before.',
    now - 22.3 * HOUR,
  );
  tellWriting(
    chat,
    'manager',
    'Aisha Rahman',
    'Here are the two options for the boardroom.',
    now - 3 * HOUR,
    {
      status: 'failed',
      error: 'The channel is not connected to WhatsApp. Reconnect it in Wazzup, then send again.',
    },
  );
  return chat;
};

/** A person has it, and the 24-hour window is shut. */
const shut = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000131', name: 'Daniel Weiss', at: now - 90 * HOUR });
  tellTurn(chat, {
    at: now - 40 * HOUR,
    customer: 'I will think about it',
    bot: 'Of course, Daniel. I am here when you need me.',
  });
  applyStep(chat, {
    at: now - 16 * HOUR,
    cause: 'timer',
    importance: 1,
    event: 'xstate.after.windowCloses',
    title: '24-hour window closes',
    states: { window: 'window.closed' },
  });
  tellTakeOver(chat, now - 2 * HOUR, 'Aisha Rahman');
  chat.detail = { ...chat.detail, windowClosesAt: null };
  return chat;
};

const optedOut = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000140', name: null, at: now - 60 * HOUR });
  tellTurn(chat, {
    at: now - 30 * HOUR,
    customer: 'STOP',
    bot: 'Understood, we will not write to you again.',
  });
  chat.detail = { ...chat.detail, owner: 'nobody', windowClosesAt: null, allowedEvents: ['manager.note'] };
  return chat;
};

const parked = (now: number): MockConversation => {
  const chat = startConversation({ chatId: '971500000152', name: 'Priya Menon', at: now - 20 * HOUR });
  tellUnanswered(
    chat,
    { at: now - 6 * MINUTE, customer: 'Can you resend the quotation with 4 more desks?' },
    2,
  );
  chat.detail = { ...chat.detail, parked: 'brief failed 5 times: the catalog index did not answer' };
  return chat;
};

/** What Grace was offered: a second revision, sent and unanswered. */
/** Puts the order of a conversation that only looks around into another state. */
const moveTo = (chat: MockConversation, state: string): void => {
  const states = chat.detail.states.map((one) => (one === 'order.exploring' ? state : one));
  chat.detail = { ...chat.detail, states };
};

const quoted = (chat: MockConversation, now: number): MockConversation => {
  const aed = (amount: string) => ({ amount, currency: 'AED' });
  const quote = {
    number: 'TJ-20261122-0042',
    orderId: '460000000038001',
    revision: 2,
    outcome: 'open',
    subtotal: aed('18400.00'),
    vat: aed('920.00'),
    total: aed('19320.00'),
    delivery: null,
    validUntil: '2026-12-07',
    sentAt: iso(now - 5 * HOUR),
    messageId: chat.messages.at(-1)?.id ?? null,
  };
  const past = { number: quote.number, revision: 1, outcome: 'superseded', total: aed('20580.00') };
  chat.detail = {
    ...chat.detail,
    sale: {
      stage: 'quoted',
      quote,
      history: [{ ...past, at: iso(now - 9 * HOUR) }],
      consent: { status: 'granted', at: iso(now - 6 * HOUR) },
    },
  };
  return chat;
};

const NAMES = [
  'Chen Wei',
  'مريم السالم',
  'Fatima Zahra',
  'Lucas Moreau',
  'Sana Iqbal',
  'خالد المنصوري',
  'Hannah Berg',
  'Yusuf Demir',
  'Elena Petrova',
  'Arjun Rao',
];
const LINES = [
  'Do you have it in white?',
  'شكراً جزيلاً',
  'Please send the catalogue',
  'What is the warranty?',
  'Ok, I will check with my boss',
  'متى يصل الطلب؟',
  'Perfect, thank you!',
  'Is assembly included?',
];

/** Enough quiet conversations for the list to scroll. */
const HELPFUL_LINES = {
  en: 'Gladly. Is there anything else I can help with?',
  ar: 'بكل سرور، هل أستطيع المساعدة في شيء آخر؟',
};
const QUOTED_LINES = {
  en: 'Your quotation is in the PDF above. Does it suit you?',
  ar: 'عرض السعر في الملف أعلاه. هل يناسبك؟',
};
/** One of so many of the crowd has a quotation. */
const QUOTED_EVERY = 7;

const crowd = (now: number, count: number): readonly MockConversation[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${NAMES[index % NAMES.length]} ${index + 1}`;
    const language = /\p{Script=Arabic}/u.test(name) ? ('ar' as const) : ('en' as const);
    const at = now - (2 * HOUR + index * 37 * MINUTE);
    const chat = startConversation({
      chatId: String(971_560_000_000 + index),
      name,
      language,
      at: at - HOUR,
    });
    const customer = LINES[index % LINES.length] ?? '';
    const quotes = index % QUOTED_EVERY === 0;
    tellTurn(chat, {
      at,
      customer,
      bot: quotes ? QUOTED_LINES[language] : HELPFUL_LINES[language],
      status: index % 3 === 0 ? 'read' : 'delivered',
    });
    if (quotes) moveTo(chat, 'order.quoted.asked');
    return chat;
  });

export const makeConversations = (now: number): Map<string, MockConversation> => {
  const told = [layla, nasser, omar, grace, shut, optedOut, parked].map((tell) => tell(now));
  const [, , , first] = told;
  if (first !== undefined) {
    quoted(first, now);
    moveTo(first, 'order.quoted.asked');
  }
  return new Map([...told, ...crowd(now, 60)].map((chat) => [chat.detail.id, chat]));
};
