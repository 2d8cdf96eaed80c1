/** The statechart in a manager's words: timeline titles, importance, commands and timers. */
import { conversationMachine } from '../../machines/conversation/machine.ts';
import type { JournalRow } from '../engine/types.ts';
import { type StateInfo, statesOf } from './machine-graph.ts';

const EVENTS: Readonly<Record<string, readonly [title: string, importance: 0 | 1 | 2]>> = {
  'xstate.init': ['The conversation began', 1],
  'customer.message': ['The customer wrote', 2],
  'customer.edited': ['The customer edited a message', 1],
  'customer.deleted': ['The customer deleted a message', 1],
  'turn.lookAhead': ['What the customer wrote is looked up meanwhile', 0],
  'channel.echo': ['A message went out on the channel', 1],
  'message.status': ['Delivery news', 0],
  'manager.takeOver': ['A manager took over', 2],
  'manager.release': ['A manager gave the chat back', 2],
  'manager.reply': ['A manager wrote', 2],
  'manager.template': ['A manager sent a template', 2],
  'manager.note': ['A manager left a note', 1],
  'manager.draft': ['A manager answered from Telegram', 2],
  'manager.decision': ['A manager decided about the order', 2],
  'owner.returned': ['The conversation is the assistant’s again', 1],
  'manager.close': ['A manager closed the conversation', 2],
  'outreach.errand': ['A reminder was considered', 1],
  'order.check': ['The order was looked at', 0],
  'engine.paused': ['The conversation was paused', 2],
  'engine.resumed': ['The conversation was resumed', 2],
};

const COMMANDS: Readonly<Record<string, string>> = {
  brief: 'Look up prompts, products and knowledge',
  identifyCustomer: 'Look the customer up in the CRM',
  createContact: 'Record the customer in the CRM',
  updateContact: 'Update the customer in the CRM',
  createQuote: 'Make the quotation in Inventory',
  renderQuote: 'Draw the quotation',
  createDeal: 'Record the deal in the CRM',
  moveDeal: 'Move the deal in the CRM',
  lookAt: 'Look at pictures',
  findPhotos: 'Find product photos',
  transcribe: 'Turn voice notes into words',
  think: 'Ask the model',
  useTools: 'Read catalog, stock and knowledge',
  sendMessage: 'Send a message',
  alertManager: 'Tell a manager',
  askOutreach: 'Ask whether we may write first',
  checkOrder: 'Ask Inventory how the order stands',
  markOptOut: 'Note in the CRM that no messages are wanted',
  recordFeedback: 'Keep the feedback',
  closeAlerts: 'Close the question to managers',
  adaptDraft: 'Word a manager’s answer',
  noteInCrm: 'Write a note in the CRM',
  proposeKnowledge: 'Propose an answer to the knowledge base',
};

const CHILDREN: Readonly<Record<string, readonly [done: string, failed: string]>> = {
  brief: ['Products and knowledge were looked up', 'The look-up of products and knowledge failed'],
  identify: ['The CRM answered', 'The CRM could not be asked'],
  createContact: ['The customer was recorded in the CRM', 'The CRM did not take the customer'],
  createQuote: ['The quotation was made in Inventory', 'The quotation could not be made in Inventory'],
  renderQuote: ['The quotation was drawn', 'The quotation could not be drawn'],
  createDeal: ['The deal was recorded in the CRM', 'The CRM did not take the deal'],
  moveDeal: ['The deal was moved in the CRM', 'The CRM did not move the deal'],
  findPhotos: ['The photos were found', 'The photos could not be found'],
  lookAt: ['The picture was looked at', 'The picture could not be looked at'],
  transcribe: ['The voice note was heard', 'The voice note could not be heard'],
  think: ['The model answered', 'The model did not answer'],
  useTools: ['The tools answered', 'The tools failed'],
  adapt: ['The manager’s answer was worded', 'The manager’s own words are taken'],
  outreach: ['It was decided whether we write first', 'It could not be decided whether we write first'],
  feedback: [
    'It was decided whether we ask for feedback',
    'It could not be decided whether we ask for feedback',
  ],
  checkOrder: ['Inventory said how the order stands', 'Inventory could not be asked about the order'],
  send: ['A message was sent', 'A message could not be sent'],
};

const DELAYS: Readonly<Record<string, string>> = {
  debounce: 'End of the burst',
  replyDeadline: 'Answer takes long',
  identifyPatience: 'Patience with the CRM',
  windowCloses: '24-hour window closes',
  followUp1: 'First follow-up',
  followUp2: 'Second follow-up',
  followUp3: 'Third follow-up',
  answerPatience: 'No answer to the follow-ups',
  pauseEnds: 'Follow-ups go on',
  agreedTime: 'Agreed contact',
  feedbackDue: 'Ask for feedback',
  feedbackPatience: 'Feedback is not waited for any longer',
  quoteExpires: 'The quotation runs out',
  quotePatience: 'The quotation goes out by itself',
  handOverReturn: 'Silent manager',
};

/** Facts that one part of the statechart tells the others; they never stand in the journal by themselves. */
const RAISED: Readonly<Record<string, string>> = {
  always: 'At once',
  'bot.closed': 'The assistant closed it',
  'bot.handOver': 'The assistant asks for a person',
  'contact.agreed': 'A contact was agreed',
  'customer.optedOut': 'The customer wants no messages',
  'feedback.answered': 'A question was answered',
  'order.progressed': 'News of the order',
  'order.selected': 'Products were chosen',
  'order.superseded': 'A new request began',
  'quote.accepted': 'The quotation was accepted',
  'quote.declined': 'No quotation wanted',
  'quote.deferred': 'A quotation later',
  'quote.objected': 'The quotation was objected to',
  'quote.rejected': 'The quotation was rejected',
  'quote.requested': 'A quotation was asked for',
  'quote.sent': 'The quotation was sent',
  'tools.applied': 'What the tools ask is noted',
};

/** What a transition waits for, in words: also of what only other parts of the statechart tell. */
export const transitionWords = (event: string): string => RAISED[event] ?? eventTitle(event)[0];

/** Every event, command and timer in words: what a translation must hold (tools/said.test.ts). */
export const allWords = (): ReadonlySet<string> =>
  new Set([
    ...Object.values(EVENTS).map(([title]) => title),
    ...Object.values(COMMANDS),
    ...Object.values(CHILDREN).flat(),
    ...Object.values(DELAYS),
    ...Object.values(RAISED),
  ]);

export const commandLabel = (name: string): string => COMMANDS[name] ?? name;

/** `xstate.after.debounce.conversation.turn…` → the delay's name in words. */
export const timerLabel = (id: string): string => {
  const delay = /^xstate\.after\.([^.]+)\./.exec(id)?.[1] ?? id;
  return DELAYS[delay] ?? delay;
};

/** Timers by which nothing happens that a manager could see. */
const UNSHOWN: ReadonlySet<string> = new Set(['lookAhead']);

/** Timers in the order in which they are due. */
export const shownTimers = (
  timers: Readonly<Record<string, number>>,
): readonly { id: string; at: number }[] =>
  Object.entries(timers)
    .filter(([id]) => !UNSHOWN.has(id))
    .map(([id, at]) => ({ id, at }))
    .sort((a, b) => a.at - b.at);

/** One line for a row of the timeline, and how much it matters: 0 is folded, 2 stands out. */
export const titleOf = (row: JournalRow): { readonly title: string; readonly importance: 0 | 1 | 2 } => {
  if (row.ignored !== null) return { title: `${eventTitle(row.event.type)[0]} (no effect)`, importance: 0 };
  const [title, importance] = eventTitle(row.event.type);
  const reached = row.to.filter((state) => !row.from.includes(state));
  const raised = Math.max(importance, ...reached.map((state) => metaOf(state).importance));
  return { title, importance: raised as 0 | 1 | 2 };
};

const eventTitle = (type: string): readonly [string, 0 | 1 | 2] => {
  const known = EVENTS[type];
  if (known) return known;
  const result = /^xstate\.(done|error)\.actor\.([^.]+)/.exec(type);
  if (result) {
    const failed = result[1] === 'error';
    const words = CHILDREN[result[2] ?? ''];
    return [words ? words[failed ? 1 : 0] : type, failed ? 2 : 1];
  }
  if (type.startsWith('xstate.after.')) return [timerLabel(type), 1];
  return [type, 1];
};

const META: ReadonlyMap<string, StateInfo> = new Map(
  statesOf(conversationMachine).map((state) => [state.path, state]),
);

export const metaOf = (path: string): Pick<StateInfo, 'label' | 'importance'> =>
  META.get(path) ?? { label: path, importance: 0 };

/** The one chip of the list: what happens now, in words. */
export const stateLabelOf = (states: readonly string[]): string => {
  const owner = states.find((state) => state.startsWith('owner.'));
  if (owner && owner !== 'owner.bot') return metaOf(owner).label;
  if (states.includes('lifecycle.closed')) return metaOf('lifecycle.closed').label;
  const turn = states.find((state) => state.startsWith('turn.'));
  return turn ? metaOf(turn).label : '';
};
