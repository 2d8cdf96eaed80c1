/** Conversations of older versions of the machine, brought to the next one (G9, docs/engine-details.md). */
import type { StateValue } from 'xstate';
import {
  type AfterSaleArea,
  type ConversationContext,
  type DealArea,
  INITIAL_AFTER_SALE,
  INITIAL_DEAL,
  INITIAL_OUTREACH,
  INITIAL_SALE,
  type OutreachArea,
  type SaleArea,
  type SaleStage,
} from '../../machines/conversation/context.ts';
import { migration } from '../engine/migrations.ts';
import type { Migration } from '../engine/types.ts';

type ContextOf2 = Omit<ConversationContext, keyof OutreachArea | keyof AfterSaleArea>;
type ContextOf1 = Omit<ContextOf2, keyof SaleArea | keyof DealArea>;

/** What somebody had chosen stays chosen; nobody had been asked about a quotation, because there was none. */
const sales = migration<ContextOf1, ContextOf2>({
  from: '1',
  to: '2',
  migrate: (snapshot) => {
    const { context, value } = snapshot;
    const stage: SaleStage = context.order.lines.length > 0 ? 'selecting' : 'exploring';
    return {
      ...snapshot,
      value: {
        ...(value as Readonly<Record<string, string>>),
        order: stage === 'selecting' ? { selecting: 'chosen' } : 'exploring',
        consent: 'not_asked',
        deal: 'none',
      },
      context: { ...context, ...INITIAL_DEAL, ...INITIAL_SALE, sale: { ...INITIAL_SALE.sale, stage } },
    };
  },
});

/** Nobody had been promised a message, and no order had been followed to its delivery. */
const touches = migration<ContextOf2, ConversationContext>({
  from: '2',
  to: '3',
  migrate: (snapshot) => ({
    ...snapshot,
    value: {
      ...(snapshot.value as Readonly<Record<string, StateValue>>),
      outreach: 'idle',
      afterSale: 'idle',
    },
    context: { ...snapshot.context, ...INITIAL_OUTREACH, ...INITIAL_AFTER_SALE },
  }),
});

export const CONVERSATION_MIGRATIONS: readonly Migration[] = [sales, touches];
