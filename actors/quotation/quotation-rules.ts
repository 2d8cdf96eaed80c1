/** The shop's settings of the paper, as they are now. The runtime keeps them. */
import { Context, type Effect } from 'effect';
import type { Picture } from '../../adapters/typst/quote-pdf.ts';
import type { QuotationRules } from '../../machines/quotation/compose.ts';

export class QuotationSettings extends Context.Service<
  QuotationSettings,
  { readonly now: Effect.Effect<{ readonly rules: QuotationRules; readonly logo: Picture | null }> }
>()('treejar/actors/QuotationSettings') {}
