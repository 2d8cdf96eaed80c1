/** Told conversations: a customer writes, the bot works through its states and answers, as the journal records it. */
import type { Evidence } from '../../../machines/conversation/context.ts';
import type { MessageView } from '../../../runtime/api/schemas.ts';
import { applyStep, iso, type MockConversation, type Step } from './world.ts';

const SECOND = 1000;

export interface Turn {
  /** When the customer wrote, ms since the epoch. */
  readonly at: number;
  readonly customer: string;
  readonly bot: string;
  readonly tools?: readonly string[];
  /** Products that the tools told of. */
  readonly knew?: Evidence['products'];
  /** Applied with the model's answer. */
  readonly learnt?: Pick<Step, 'detail' | 'changes' | 'states'>;
  /** How far the answer got. */
  readonly status?: MessageView['status'];
  readonly kind?: string;
  readonly media?: MessageView['media'];
  readonly quoted?: string;
}

const wrote = (turn: Turn): Step => ({
  at: turn.at,
  cause: 'customer',
  importance: 2,
  event: 'customer.message',
  data: { kind: turn.kind ?? 'text', text: turn.customer },
  title: 'The customer wrote',
  states: { turn: 'turn.working.gathering', window: 'window.open' },
  guards: [
    { guard: 'ownedByBot', result: true },
    { guard: 'optedOut', result: false },
  ],
  changes: [
    { op: 'add', path: '/context/turn/burst/0', value: turn.customer },
    { op: 'replace', path: '/context/lastCustomerAt', old: null, value: iso(turn.at) },
  ],
  timers: [
    { id: 'xstate.after.debounce', label: 'End of the burst', op: 'armed', at: iso(turn.at + 1500) },
    {
      id: 'xstate.after.windowCloses',
      label: '24-hour window closes',
      op: 'armed',
      at: iso(turn.at + 86_400_000),
    },
  ],
  message: {
    from: 'customer',
    text: turn.customer,
    kind: turn.kind ?? 'text',
    media: turn.media ?? null,
    quoted: turn.quoted ?? null,
  },
});

const works = (turn: Turn): readonly Step[] => [
  {
    at: turn.at + 1.5 * SECOND,
    cause: 'timer',
    event: 'xstate.after.debounce',
    title: 'End of the burst',
    states: { turn: 'turn.working.understanding' },
    timers: [{ id: 'xstate.after.debounce', label: 'End of the burst', op: 'fired', at: null }],
    commands: [['brief', 'Look up prompts, products and knowledge']],
  },
  {
    at: turn.at + 1.8 * SECOND,
    cause: 'result',
    event: 'xstate.done.actor.brief',
    title: 'Products and knowledge were looked up',
    states: { turn: 'turn.working.thinking' },
    commands: [['think', 'Ask the model']],
    changes: [
      { op: 'replace', path: '/context/turn/brief/products', old: [], value: ['CHR-ERG-210', 'CHR-ERG-340'] },
    ],
  },
];

const usesTools = (turn: Turn): readonly Step[] =>
  turn.tools === undefined
    ? []
    : [
        {
          at: turn.at + 3.4 * SECOND,
          cause: 'result',
          event: 'xstate.done.actor.think',
          data: { tools: turn.tools },
          title: 'The model answered',
          states: { turn: 'turn.working.acting' },
          guards: [
            { guard: 'wantsTools', params: { tools: turn.tools }, result: true },
            { guard: 'underToolLimit', params: { used: 0, limit: 8 }, result: true },
          ],
          commands: [['useTools', 'Read catalog, stock and knowledge']],
        },
        {
          at: turn.at + 3.7 * SECOND,
          cause: 'result',
          event: 'xstate.done.actor.useTools',
          title: 'The tools answered',
          states: { turn: 'turn.working.thinking' },
          changes: [
            { op: 'add', path: '/context/turn/evidence/products', value: turn.knew ?? [] },
            {
              op: 'add',
              path: '/context/turn/steps/0',
              value: {
                role: 'assistant',
                toolCalls: turn.tools.map((name) => ({ name, arguments: '{}' })),
              },
            },
          ],
          commands: [['think', 'Ask the model']],
        },
      ];

const answers = (turn: Turn): readonly Step[] => [
  {
    at: turn.at + 5 * SECOND,
    cause: 'result',
    importance: 2,
    event: 'xstate.done.actor.think',
    data: { tokens: { prompt: 2310, completion: 148 } },
    title: 'The model answered',
    guards: [
      { guard: 'grounded', result: true },
      { guard: 'windowOpen', result: true },
    ],
    commands: [['sendMessage', 'Send a message']],
    ...turn.learnt,
    changes: [
      ...(turn.learnt?.changes ?? []),
      { op: 'add', path: '/context/turn/verdict', value: { ok: true, problems: [] } },
    ],
    states: { turn: 'turn.speaking', ...turn.learnt?.states },
    message: { from: 'bot', text: turn.bot },
  },
  {
    at: turn.at + 5.3 * SECOND,
    cause: 'result',
    event: 'xstate.done.actor.send',
    title: 'A message was sent',
    states: { turn: 'turn.idle' },
  },
];

const PATH: readonly MessageView['status'][] = ['sent', 'delivered', 'read'];

const delivery = (conversation: MockConversation, at: number, status: MessageView['status']): void => {
  const id = conversation.messages.at(-1)?.id ?? '';
  const until = PATH.indexOf(status);
  for (const [index, reached] of PATH.slice(0, until + 1).entries()) {
    applyStep(conversation, {
      at: at + (6 + index) * SECOND,
      importance: 0,
      event: 'message.status',
      data: { status: reached },
      title: 'Delivery news',
      statuses: { [id]: reached },
    });
  }
};

/** A whole turn, from the customer's message to the ticks on the answer. */
export const tellTurn = (conversation: MockConversation, turn: Turn): void => {
  for (const step of [wrote(turn), ...works(turn), ...usesTools(turn), ...answers(turn)])
    applyStep(conversation, step);
  const { cost } = conversation.detail;
  const calls = cost.calls + (turn.tools === undefined ? 1 : 2);
  conversation.detail = {
    ...conversation.detail,
    cost: {
      calls,
      promptTokens: cost.promptTokens + 2310,
      completionTokens: cost.completionTokens + 148,
      usd: (calls * 0.0021).toFixed(4),
    },
  };
  delivery(conversation, turn.at, turn.status ?? 'read');
};

/** Only the customer's message: the bot is still at it. */
export const tellUnanswered = (
  conversation: MockConversation,
  turn: Pick<Turn, 'at' | 'customer'>,
  upTo: number,
): void => {
  const whole: Turn = { ...turn, bot: '' };
  for (const step of [wrote(whole), ...works(whole)].slice(0, upTo)) applyStep(conversation, step);
};

/** The bot asks for a person. */
export const tellHandOver = (conversation: MockConversation, at: number, reason: string): void => {
  applyStep(conversation, {
    at,
    cause: 'result',
    importance: 2,
    event: 'xstate.done.actor.think',
    data: { tool: 'hand_over', reason },
    title: 'The model answered',
    states: { owner: 'owner.waiting', turn: 'turn.idle' },
    guards: [{ guard: 'mayHandOver', params: { reason }, result: true }],
    commands: [['alertManager', 'Tell a manager']],
    detail: { owner: 'waiting' },
  });
};

/** A person takes it, from the admin. */
export const tellTakeOver = (
  conversation: MockConversation,
  at: number,
  name: string,
  returnInMs = 8 * 3_600_000,
): void => {
  applyStep(conversation, {
    at,
    cause: 'manager',
    importance: 2,
    event: 'manager.takeOver',
    data: { by: { id: 'u1', name } },
    title: 'A manager took over',
    states: { owner: 'owner.manager.active', turn: 'turn.idle' },
    changes: [{ op: 'replace', path: '/context/owner/name', old: null, value: name }],
    timers: [
      {
        id: 'xstate.after.handOverReturn',
        label: 'Silent manager',
        op: 'armed',
        at: iso(at + returnInMs),
      },
    ],
    detail: {
      owner: 'manager',
      ownerName: name,
      timers: [{ id: 'xstate.after.handOverReturn', label: 'Silent manager', at: iso(at + returnInMs) }],
    },
  });
};

/** A person writes: to the customer or, as a note, to colleagues. */
export const tellWriting = (
  conversation: MockConversation,
  from: 'manager' | 'note',
  author: string,
  text: string,
  at: number,
  over: Partial<MessageView> = {},
): ReturnType<typeof applyStep> =>
  applyStep(conversation, {
    at,
    cause: 'manager',
    importance: from === 'manager' ? 2 : 1,
    event: from === 'manager' ? 'manager.reply' : 'manager.note',
    data: { by: { id: 'u1', name: author }, text },
    title: from === 'manager' ? 'A manager wrote' : 'A manager left a note',
    ...(from === 'manager' ? { commands: [['sendMessage', 'Send a message'] as const] } : {}),
    message: { from, author, text, ...over },
  });
