/** What the deal region asks and does: one deal in the CRM for an order, at the stage where the order is (domain 11.9, 11.10). */
import type { CreateDealInput, CreateDealOutput, MoveDealInput, MoveDealOutput } from '../actors.ts';
import type { ConversationContext, DealStage, SaleStage } from '../context.ts';
import { outputOf } from '../machine-events.ts';
import { core } from './core.ts';
import { withPhotos } from './photos.ts';

/** Domain 11.9: New Lead → In work → Offer sent/Negotiations → Order confirmed. */
const STAGES: Readonly<Record<SaleStage, DealStage>> = {
  exploring: 'inWork',
  selecting: 'inWork',
  detailing: 'inWork',
  quoting: 'inWork',
  quoted: 'offerSent',
  negotiating: 'negotiations',
  accepted: 'orderConfirmed',
  paid: 'orderConfirmed',
  delivered: 'delivered',
  lost: 'lost',
};

/** A deal at one of these is over: what is wanted next is another deal. */
const ENDED: ReadonlySet<DealStage> = new Set(['orderConfirmed', 'delivered', 'lost']);

const isConfirmed = ({ stage, ordered }: ConversationContext['sale']): boolean =>
  STAGES[stage] === 'inWork' && ordered?.decision === 'confirm';

/** What the CRM should say of the present order. */
const wanted = ({ sale, order }: ConversationContext): MoveDealOutput => ({
  // An order placed without a quotation is one when a manager confirms it (domain 8.2, 8.6).
  stage: isConfirmed(sale) ? 'orderConfirmed' : STAGES[sale.stage],
  amount: sale.quote?.grandTotal ?? order.subtotal,
});

/** Domain 11.10: items, or a need with a budget. */
const interestIsClear = ({ order, slots }: ConversationContext): boolean =>
  order.lines.length > 0 || (slots.need?.source === 'said' && slots.budget?.source === 'said');

const isBehind = (context: ConversationContext): boolean => {
  const { written } = context.deal;
  const { stage, amount } = wanted(context);
  return written !== null && (written.stage !== stage || (amount !== null && written.amount !== amount));
};

export const newDealOf = (context: ConversationContext): CreateDealInput => {
  const { stage, amount } = wanted(context);
  const { company, name, need } = context.slots;
  const who = company?.value ?? name?.value ?? `WhatsApp +${context.chatId}`;
  const goods = context.order.lines
    .map(({ quantity, name: article }) => `${quantity} x ${article}`)
    .join('\n');
  return {
    key: `${context.id}:order:${context.sale.serial}`,
    contactId: context.customer.crmContactId ?? '',
    name: `Office furniture for ${who}`,
    stage,
    amount,
    description: [need?.value ?? '', goods].filter((part) => part !== '').join('\n'),
    ...(context.origin === undefined ? {} : { attribution: context.origin.latest }),
  };
};

export const moveOf = (context: ConversationContext): MoveDealInput => ({
  dealId: context.deal.id ?? '',
  ...wanted(context),
});

export const withDeal = withPhotos.extend({
  guards: {
    interestIsClear: ({ context }) => interestIsClear(context),
    contactKnown: ({ context }) => context.customer.crmContactId !== null,
    dealMade: ({ context }) => context.deal.id !== null,
    dealBehind: ({ context }) => isBehind(context),
    /** The order that the deal stood for is over, and another one is wanted. */
    wantsAnotherDeal: ({ context }) =>
      context.deal.number !== context.sale.serial &&
      context.deal.written !== null &&
      ENDED.has(context.deal.written.stage) &&
      interestIsClear(context),
    /** The request changed before anything was bought: it is the same sale to the CRM. */
    goesOnWithOrder: ({ context }) =>
      context.deal.number !== context.sale.serial &&
      context.deal.written !== null &&
      !ENDED.has(context.deal.written.stage),
  },
  actions: {
    keepDeal: core.assign(({ context, event }) => {
      const { stage, amount } = newDealOf(context);
      return {
        deal: {
          number: context.sale.serial,
          id: outputOf<CreateDealOutput>(event).dealId,
          // What was asked for when it was made may have changed since; then it is moved next.
          written: context.deal.asked ?? { stage, amount },
          asked: null,
        },
      };
    }),
    askDeal: core.assign(({ context }) => ({
      deal: { ...context.deal, id: null, written: null, asked: wanted(context) },
    })),
    dealWritten: core.assign(({ context, event }) => ({
      deal: { ...context.deal, written: outputOf<MoveDealOutput>(event) },
    })),
    adoptOrder: core.assign(({ context }) => ({
      deal: { ...context.deal, number: context.sale.serial },
    })),
  },
});
