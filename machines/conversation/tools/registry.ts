/** Every tool, in the order in which the model is shown them (a stable order keeps providers' caches warm, wire/05 §7). */

import { agreeNextContact } from './agree-next-contact.ts';
import { answerQuote } from './answer-quote.ts';
import { checkStock } from './check-stock.ts';
import { closeConversation } from './close-conversation.ts';
import { handOver } from './hand-over.ts';
import { optOut } from './opt-out.ts';
import { orderStatus } from './order-status.ts';
import { recordFeedback } from './record-feedback.ts';
import { referralCode, useReferralCode } from './referral.ts';
import { requestQuote } from './request-quote.ts';
import { searchKnowledge } from './search-knowledge.ts';
import { searchProducts } from './search-products.ts';
import { sendPhotos } from './send-photos.ts';
import { setSelection } from './set-selection.ts';
import type { Tool } from './tool.ts';
import { updateCustomer } from './update-customer.ts';

export const TOOLS: readonly Tool[] = [
  searchProducts,
  checkStock,
  searchKnowledge,
  setSelection,
  updateCustomer,
  orderStatus,
  sendPhotos,
  handOver,
  agreeNextContact,
  optOut,
  // Those that come and go with the state stand last: what is before them stays in the cache.
  closeConversation,
  requestQuote,
  answerQuote,
  recordFeedback,
  referralCode,
  useReferralCode,
];

export const toolNamed = (name: string): Tool | undefined =>
  TOOLS.find((tool) => tool.spec.function.name === name);
