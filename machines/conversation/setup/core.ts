/** The base of the vocabulary: types, actors, and what every region uses. The other files of this folder extend it. */
import { assign, emit, or, setup, stateIn } from 'xstate';
import {
  type AlertParams,
  type CloseAlertsParams,
  conversationActors,
  type ProposeKnowledgeParams,
  type UpdateContactParams,
} from '../actors.ts';
import type { ConversationContext, ConversationInput } from '../context.ts';
import type { TemplateUse } from '../events.ts';
import type { MessageFact } from '../facts.ts';
import { type MachineEvent, timeOf } from '../machine-events.ts';
import { queueOutbound } from '../updates/dialogue.ts';

export const core = setup({
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
    proposeKnowledge: (_, _params: ProposeKnowledgeParams) => undefined,
    /** Tells the transcript's read model and the live stream. */
    tell: emit((_, fact: MessageFact) => fact),
    queueOutbound: assign(
      ({ context, event }, message: { by: 'bot' | 'manager'; text: string; template?: TemplateUse }) =>
        queueOutbound(context, { ...message, at: timeOf(event) }),
    ),
    dropPending: assign({ pending: [] }),
  },
});
