/**
 * What must hold at every step of every path, whoever wrote what and whatever failed. A rule that breaks answers with
 * one sentence; the path that breaks it is named by the walk.
 */
import type { SendInput } from '../../machines/conversation/actors.ts';
import { LIMITS } from '../../machines/conversation/context.ts';
import type { PureAction } from '../../runtime/engine/step.ts';
import { INVENTED } from './outcomes.ts';
import { type Child, contextOf, invokedBy, type Place, type Step, stateIdsOf, statesOf } from './place.ts';

type Rule = (step: Step) => string | false;

type Spawn = Extract<PureAction, { op: 'spawn' }>;

const sendsOf = (step: Step): readonly SendInput[] =>
  step.actions
    .filter((action): action is Spawn => action.op === 'spawn' && action.src === 'sendMessage')
    .map(({ input }) => input as SendInput);

const botSends = (step: Step) => sendsOf(step).filter(({ by }) => by === 'bot');
const isBotSend = ({ src, input }: Child) => src === 'sendMessage' && (input as SendInput).by === 'bot';
const stands = (place: Place, state: string) => statesOf(place).has(state);
const commands = (step: Step) =>
  step.actions.flatMap((action) => (action.op === 'command' ? [action.name] : []));
const isNewMessage = ({ event, before, after }: Step) =>
  event.type === 'customer.message' && contextOf(after).pending.length > contextOf(before).pending.length;

/** Programs that work on the reply; nobody needs them while nothing is being answered. */
const TURN_PROGRAMS: ReadonlySet<string> = new Set(['brief', 'transcribe', 'think', 'useTools']);

const RULES: Readonly<Record<string, Rule>> = {
  'the machine lives on': ({ after }) =>
    after.snapshot.status !== 'active' && `it is ${after.snapshot.status}`,

  'the bot is silent while a person owns the chat (domain 8.12, lesson F-30)': (step) => {
    if (!stands(step.after, 'owner.manager')) return false;
    // What came back as an echo has left already: it is only its confirmation that is still awaited.
    const echoed = new Set(
      contextOf(step.after)
        .outbound.filter(({ providerIds }) => providerIds.length > 0)
        .map(({ localId }) => localId),
    );
    const running = [...step.after.children.values()].filter(
      (child) => isBotSend(child) && !echoed.has((child.input as SendInput).localId),
    );
    return running.length > 0 && `${running.map(({ id }) => id).join()} may still leave`;
  },

  'no quotation without consent (domain 9.1, lesson F-06)': (step) =>
    step.actions.some((action) => action.op === 'spawn' && action.src === 'createQuote') &&
    !stands(step.after, 'consent.granted') &&
    'createQuote was started',

  'no timer of a state that was left (G6)': ({ after }) => {
    const ids = stateIdsOf(after);
    const stray = [...after.timers.keys()].filter((id) => {
      const state = /^xstate\.after\.[^.]+\.(.+)$/.exec(id)?.[1];
      return state !== undefined && !ids.has(state);
    });
    return stray.length > 0 && `${stray.join()} is armed`;
  },

  'no child of a state that was left': ({ after }) => {
    const invoked = invokedBy(after);
    // The look-up is begun while the burst gathers and waited for when it has ended.
    const lasts = (src: string) =>
      src === 'sendMessage' || (src === 'brief' && stands(after, 'turn.working'));
    const stray = [...after.children.values()].filter(({ id, src }) => !lasts(src) && !invoked.has(id));
    return stray.length > 0 && `${stray.map(({ id }) => id).join()} runs`;
  },

  'nothing of a turn runs while it is idle': ({ after }) =>
    stands(after, 'turn.idle') &&
    [...after.children.values()].some(({ src }) => TURN_PROGRAMS.has(src)) &&
    'a program of the turn runs',

  'a turn asks the model four times at most (design 6)': ({ after }) =>
    contextOf(after).turn.modelCalls > LIMITS.modelCallsPerTurn &&
    `${contextOf(after).turn.modelCalls} calls`,

  'a turn is repaired once at most (design 6)': ({ after }) =>
    contextOf(after).turn.repairs > LIMITS.repairsPerTurn && `${contextOf(after).turn.repairs} repairs`,

  'no send without a queued message, and each message is sent once (G5)': (step) => {
    const queued = new Set(contextOf(step.after).outbound.map(({ localId }) => localId));
    const stray = sendsOf(step).filter(
      ({ localId }) => !queued.has(localId) || step.before.sent.includes(localId),
    );
    return stray.length > 0 && `${stray.map(({ localId }) => localId).join()} is sent`;
  },

  'every send is in the transcript': (step) => {
    const told = step.actions.flatMap((action) =>
      action.op === 'emit' && action.event.type === 'message.recorded' ? [action.event.id] : [],
    );
    const missing = sendsOf(step).filter(({ localId }) => !told.includes(localId));
    return missing.length > 0 && `${missing.map(({ localId }) => localId).join()} is not`;
  },

  'no free text from the bot while the window is closed (domain 17.3)': (step) =>
    stands(step.after, 'window.closed') &&
    botSends(step).some(({ template }) => template === undefined) &&
    'free text was sent',

  'what no tool found reaches nobody (domain 14, lesson F-19)': (step) =>
    botSends(step).some(({ text }) => text.includes(INVENTED) || text.includes('99.00')) && 'it was sent',

  'no empty message': (step) =>
    sendsOf(step).some(({ text, file }) => text.trim() === '' && file === undefined) &&
    'an empty text was sent',

  'what a customer writes is kept until it is answered (lesson F-01)': (step) => {
    const { before, after, event } = step;
    // A second STOP is confirmed by silence, and a machine's answer is nobody's (domain 17.5, 20.1).
    const wantsAnswer = ({ text }: { text: string }) => !/^(STOP|Automatic reply)/.test(text);
    const left = contextOf(before)
      .pending.filter(wantsAnswer)
      .filter(({ messageId }) => !contextOf(after).pending.some((other) => other.messageId === messageId));
    const answered = botSends(step).length > 0;
    const byPeople = /^(manager\.|channel\.echo$|customer\.deleted$)/.test(event.type);
    return left.length > 0 && !answered && !byPeople && `${left.length} messages are gone`;
  },

  'nobody waits while nobody works (lesson F-32)': ({ after }) => {
    const { pending, briefing } = contextOf(after);
    const idle = stands(after, 'turn.idle') && stands(after, 'owner.bot');
    // With the window closed there is no answer to give: a manager was told, see below.
    return (
      idle &&
      stands(after, 'window.open') &&
      pending.length > 0 &&
      briefing.botEnabled &&
      `${pending.length} messages wait`
    );
  },

  'a hand-over tells a manager in the same step (domain 8.9, lesson F-27)': (step) =>
    !stands(step.before, 'owner.waiting') &&
    stands(step.after, 'owner.waiting') &&
    !commands(step).includes('alertManager') &&
    'nobody was told',

  'a customer whom nobody can answer any more is told to a manager (domain 17.3)': (step) =>
    stands(step.before, 'turn.working') &&
    stands(step.after, 'window.closed') &&
    contextOf(step.after).pending.length > 0 &&
    !commands(step).includes('alertManager') &&
    'nobody was told',

  'the bot thinks for nobody but its own customers': (step) =>
    isNewMessage(step) &&
    !stands(step.before, 'owner.bot') &&
    stands(step.after, 'turn.working') &&
    'a turn was started',

  'a message of a person is sent even if the bot was speaking': (step) =>
    step.event.type === 'manager.reply' &&
    stands(step.before, 'window.open') &&
    !sendsOf(step).some(({ by }) => by === 'manager') &&
    'it was not',
};

export const RULE_NAMES: readonly string[] = Object.keys(RULES);

export const faultsOf = (step: Step): readonly string[] =>
  Object.entries(RULES).flatMap(([name, rule]) => {
    const fault = rule(step);
    return fault === false ? [] : [`${name}: ${fault}`];
  });
