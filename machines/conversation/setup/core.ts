/** The base of the vocabulary: types, actors, and what every region uses. The other files of this folder extend it. */
import { assign, emit, enqueueActions, or, setup, stateIn } from 'xstate';
import {
  type AlertParams,
  type CloseAlertsParams,
  type CrmNoteParams,
  conversationActors,
  type ProposeKnowledgeParams,
  type UpdateContactParams,
} from '../actors.ts';
import type { ConversationContext, ConversationInput } from '../context.ts';
import type { TemplateUse } from '../events.ts';
import type { MessageFact } from '../facts.ts';
import { type MachineEvent, timeOf } from '../machine-events.ts';
import type { OutboundFile } from '../outbound-file.ts';
import { recordedReply, sendInputOf } from '../sending.ts';
import { queueOutbound, sayLine } from '../updates/dialogue.ts';

const base = setup({
  types: {
    context: {} as ConversationContext,
    events: {} as MachineEvent,
    input: {} as ConversationInput,
    emitted: {} as MessageFact,
    meta: {} as { readonly label?: string; readonly importance?: 0 | 1 | 2 },
  },
  actors: conversationActors,
  guards: {
    botOwns: stateIn({ owner: 'bot' }),
    /** It is a person's to give back; an answer on its way gives itself back. */
    personOwns: or([stateIn({ owner: 'waiting' }), stateIn({ owner: 'manager' })]),
    windowOpen: stateIn({ window: 'open' }),
    turnIsQuiet: stateIn({ turn: 'idle' }),
    customerWaits: ({ context }) => context.pending.length > 0,
  },
  actions: {
    alertManager: (_, _params: AlertParams) => undefined,
    updateContact: (_, _params: UpdateContactParams) => undefined,
    closeAlerts: (_, _params: CloseAlertsParams) => undefined,
    noteInCrm: (_, _params: CrmNoteParams) => undefined,
    proposeKnowledge: (_, _params: ProposeKnowledgeParams) => undefined,
    /** Tells the transcript's read model and the live stream. */
    tell: emit((_, fact: MessageFact) => fact),
    queueOutbound: assign(
      (
        { context, event },
        message: { by: 'bot' | 'manager'; text: string; template?: TemplateUse; file?: OutboundFile },
      ) => queueOutbound(context, { ...message, at: timeOf(event) }),
    ),
    dropPending: assign({ pending: [] }),
  },
});

export const core = base.extend({
  actions: {
    /** Says a sentence of the machine's own, beside the turn's reply. */
    say: enqueueActions(({ context, event, enqueue }, text: string) => {
      const at = timeOf(event);
      const update = sayLine(context, text, at);
      enqueue.assign(update);
      const said = { ...context, ...update };
      enqueue.emit(recordedReply(said, at));
      const input = sendInputOf(said);
      enqueue.spawnChild('sendMessage', { id: `send.${input.localId}`, input });
    }),
  },
});
