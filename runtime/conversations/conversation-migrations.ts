/** Conversations of older versions of the machine, brought to the next one (G9, docs/engine.md). */
import {
  type ConversationContext,
  type DealArea,
  INITIAL_DEAL,
  INITIAL_SALE,
  type SaleArea,
  type SaleStage,
} from '../../machines/conversation/context.ts';
import { migration } from '../engine/migrations.ts';
import type { Migration } from '../engine/types.ts';

type ContextOf1 = Omit<ConversationContext, keyof SaleArea | keyof DealArea>;
type ContextOf2 = ContextOf1 & SaleArea & DealArea;

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

export const CONVERSATION_MIGRATIONS: readonly Migration[] = [sales];
