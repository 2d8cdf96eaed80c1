/**
 * Making one quotation: the order in Inventory, the paper, its way to the customer, the question whether it suits
 * (domain 9.17, 9.22). Each step is a durable command; a process that dies resumes at the step that was open.
 */
import { and, not, stateIn } from 'xstate';
import { crmNoteOf } from '../../crm-note.ts';
import { createQuoteInput, renderQuoteInput } from '../../sale/quote-inputs.ts';
import { quoteFailedLine, repricedLine, suitsLine } from '../../sale/texts.ts';
import { alertOf, recordedReply, sendInputOf } from '../../sending.ts';
import { conversationSetup, timeOf } from '../../setup.ts';

type Context = Parameters<typeof alertOf>[0];

/** A fact gap: a person is told, the dialogue goes on (domain 8.2). */
const givenUp = (description: string, reason: string) =>
  ({
    description,
    target: '#conversation.order.detailing',
    actions: [
      'endRequest',
      {
        type: 'alertManager',
        params: ({ context, event }: { context: Context; event: object }) =>
          alertOf(context, 6, reason, reasonOf(event)),
      },
      { type: 'say', params: ({ context }: { context: Context }) => quoteFailedLine(context.language) },
    ],
  }) as const;

const reasonOf = (event: object): string =>
  (event as { readonly error?: { readonly message?: string } }).error?.message ?? '';

const creating = conversationSetup.createStateConfig({
  description:
    'The order is made in Inventory, once, and read back; prices are compared with what was told (domain 9.18).',
  meta: { label: 'Making the quotation in Inventory', importance: 2 },
  invoke: {
    id: 'createQuote',
    src: 'createQuote',
    input: ({ context }) => createQuoteInput(context),
    onDone: [
      {
        description: 'The order stands in Inventory: it is kept and its paper is drawn (domain 9.18).',
        guard: 'wasCreated',
        target: 'rendering',
        actions: 'keepQuote',
      },
      {
        description:
          'Inventory has other prices than the customer was told: the new ones are told and the customer decides anew.',
        guard: 'wasRepriced',
        target: '#conversation.order.selecting',
        actions: [
          'repriceLines',
          'endRequest',
          { type: 'say', params: ({ context }) => repricedLine(context) },
        ],
      },
      givenUp(
        'Inventory does not sell or price the articles: a manager and the customer are told, the dialogue goes on (domain 8.2).',
        'A quotation was asked for articles that Inventory does not sell or price',
      ),
    ],
    onError: givenUp(
      'Inventory does not make the order: a manager and the customer are told, the dialogue goes on (domain 8.2).',
      'The quotation could not be made in Inventory',
    ),
  },
});

const rendering = conversationSetup.createStateConfig({
  description: 'The paper is drawn and kept.',
  meta: { label: 'Drawing the quotation' },
  invoke: {
    id: 'renderQuote',
    src: 'renderQuote',
    input: ({ context }) => renderQuoteInput(context),
    onDone: {
      description: 'The paper is drawn: it is kept and goes to the customer.',
      target: 'sending',
      actions: 'keepPaper',
    },
    onError: givenUp(
      'The paper cannot be drawn: a manager and the customer are told, the dialogue goes on (domain 8.2).',
      'The quotation could not be drawn as a PDF',
    ),
  },
});

const sending = conversationSetup.createStateConfig({
  description: 'The paper goes out once, after the answer that announces it.',
  meta: { label: 'Sending the quotation', importance: 2 },
  initial: 'waiting',
  states: {
    waiting: {
      description: 'An answer that is under way goes first.',
      meta: { label: 'Waiting for the answer before it' },
      always: {
        description: 'No answer is under way: the paper is sent.',
        guard: 'turnIsQuiet',
        target: 'paper',
      },
      after: {
        quotePatience: {
          description:
            'The answer before it takes longer than 20 seconds: the paper does not wait any more and is sent.',
          target: 'paper',
        },
      },
    },
    paper: {
      description: 'The PDF is being sent.',
      meta: { label: 'Sending the PDF', importance: 2 },
      entry: [
        'queuePaper',
        'keepPaperMessage',
        { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
      ],
      invoke: {
        id: 'send.quote',
        src: 'sendMessage',
        input: ({ context }) => sendInputOf(context),
        onDone: {
          description:
            'The customer has the paper: the CRM gets a note and the customer is asked whether the offer suits (domain 9.22).',
          target: '#conversation.order.quoted',
          actions: [
            'quoteSent',
            { type: 'say', params: ({ context }) => suitsLine(context) },
            'tellQuoteSent',
            {
              type: 'noteInCrm',
              params: ({ context, event }) => crmNoteOf(context, 'quoted', timeOf(event)),
            },
          ],
        },
        onError: givenUp(
          'The paper cannot be sent: a manager and the customer are told, the dialogue goes on (domain 8.2).',
          'The quotation could not be sent to the customer',
        ),
      },
    },
  },
});

export const quoting = conversationSetup.createStateConfig({
  description:
    'A quotation is being made: only with consent, complete, and while the assistant speaks (domain 9.1).',
  meta: { label: 'Making the quotation', importance: 2 },
  initial: 'creating',
  entry: { type: 'setStage', params: 'quoting' },
  always: [
    {
      description: 'A person took over: nothing more is made or sent; what stands in Inventory is told.',
      guard: not('botOwns'),
      target: 'detailing',
      actions: [
        'endRequest',
        {
          type: 'alertManager',
          params: ({ context }) =>
            alertOf(
              context,
              null,
              'A quotation was being made when a person took over',
              context.sale.quote === null || context.sale.quote.sentAt !== null
                ? 'Look in Inventory for a draft order of this customer before making one by hand.'
                : `The draft order ${context.sale.quote.number} stands in Inventory; the customer has not got it.`,
            ),
        },
      ],
    },
    {
      description:
        'The customer does not want the quotation any more: nothing more is made or sent (lesson F-06).',
      guard: not('consentGranted'),
      target: 'selecting',
      actions: 'endRequest',
    },
    {
      description: 'The customer can be written to only with a template now (domain 17.3): a person decides.',
      guard: not('windowOpen'),
      target: 'detailing',
      actions: [
        'endRequest',
        {
          type: 'alertManager',
          params: ({ context }) =>
            alertOf(context, null, 'The window closed before the quotation was sent: write with a template'),
        },
      ],
    },
  ],
  on: {
    'order.selected': [
      {
        description: 'The paper on its way says just this.',
        guard: and(['isQuotedSelection', stateIn({ order: { quoting: 'sending' } })]),
      },
      {
        description: 'Nothing is chosen any more: the request ends and the customer looks around again.',
        guard: 'hasNoLines',
        target: 'exploring',
        actions: 'endRequest',
      },
      {
        description: 'Changed meanwhile: made anew, under the same number (domain 9.16).',
        target: 'quoting',
        reenter: true,
      },
    ],
  },
  states: { creating, rendering, sending },
});
