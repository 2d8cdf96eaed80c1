/** The conversation as a kind of actor: the machine, its commands and how each is tried, its read models. */
import { type Context, Effect } from 'effect';
import type { Catalog } from '../../actors/catalog/catalog.ts';
import type { ImageStore } from '../../actors/catalog/image-store.ts';
import type { ProductPhotos } from '../../actors/catalog/product-photos.ts';
import type { RecommendationRules } from '../../actors/catalog/recommendation-rules.ts';
import { adaptDraft } from '../../actors/conversation/adapt-draft.ts';
import { alertManager } from '../../actors/conversation/alert-manager.ts';
import type { Alerts } from '../../actors/conversation/alerts.ts';
import { brief } from '../../actors/conversation/brief.ts';
import type { BusinessSettings } from '../../actors/conversation/business-settings.ts';
import { closeAlerts } from '../../actors/conversation/close-alerts.ts';
import { createQuote } from '../../actors/conversation/create-quote.ts';
import type { CrmProfiles } from '../../actors/conversation/crm-profiles.ts';
import type { CrmSettings } from '../../actors/conversation/crm-settings.ts';
import { findPhotos } from '../../actors/conversation/find-photos.ts';
import {
  createContact,
  identifyCustomer,
  updateContact,
} from '../../actors/conversation/identify-customer.ts';
import { createDeal, moveDeal } from '../../actors/conversation/keep-deal.ts';
import type { LiveProducts } from '../../actors/conversation/live-products.ts';
import { lookAt } from '../../actors/conversation/look-at.ts';
import { noteInCrm } from '../../actors/conversation/note-in-crm.ts';
import { proposeKnowledge } from '../../actors/conversation/propose-knowledge.ts';
import { sendMessage } from '../../actors/conversation/send-message.ts';
import type { SentMessages } from '../../actors/conversation/sent-messages.ts';
import type { Sight } from '../../actors/conversation/sight.ts';
import { think } from '../../actors/conversation/think.ts';
import { transcribe } from '../../actors/conversation/transcribe.ts';
import { useTools } from '../../actors/conversation/use-tools.ts';
import type { Candidates } from '../../actors/knowledge/candidates.ts';
import type { Knowledge } from '../../actors/knowledge/knowledge.ts';
import type { MediaFiles } from '../../actors/media/media-files.ts';
import type { MediaLinks } from '../../actors/media/media-links.ts';
import type { ModelLedger } from '../../actors/model/model-ledger.ts';
import { askOutreach } from '../../actors/outreach/ask-outreach.ts';
import { checkOrder } from '../../actors/outreach/check-order.ts';
import { markOptOut } from '../../actors/outreach/mark-opt-out.ts';
import type { OutreachStore } from '../../actors/outreach/outreach-store.ts';
import { recordFeedback } from '../../actors/outreach/record-feedback.ts';
import type { Prompts } from '../../actors/prompts/prompts.ts';
import type { QuotationSettings } from '../../actors/quotation/quotation-rules.ts';
import type { PrintedQuotes } from '../../actors/quotation/quote-table.ts';
import { renderQuote } from '../../actors/quotation/render-quote.ts';
import type { Referrals } from '../../actors/referral/referrals.ts';
import type { Summaries } from '../../actors/summaries/summaries.ts';
import type { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import type { QuotePdf } from '../../adapters/typst/quote-pdf.ts';
import type { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import type { MediaDownload } from '../../adapters/whisper/media-download.ts';
import type { Transcriber } from '../../adapters/whisper/whisper.ts';
import type { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { Timing } from '../../machines/conversation/context.ts';
import { CONVERSATION_KIND, parseConversationId } from '../../machines/conversation/events.ts';
import { CONVERSATION_VERSION, conversationMachine } from '../../machines/conversation/machine.ts';
import type { ActorKind, CommandFailure, CommandHandler, CommandInfo, RetryPolicy } from '../engine/types.ts';
import { outreachPlan } from '../outreach/plan-projection.ts';
import { CONVERSATION_MIGRATIONS } from './conversation-migrations.ts';
import { conversationList } from './conversation-projection.ts';
import { messageInserts, messageParts, messageUpdates } from './message-projection.ts';

/** Everything that a conversation's programs need. */
export type ConversationServices =
  | Alerts
  | BusinessSettings
  | Candidates
  | Catalog
  | ChatModel
  | CrmProfiles
  | CrmSettings
  | ImageStore
  | Knowledge
  | LiveProducts
  | MediaFiles
  | MediaLinks
  | ModelLedger
  | OutreachStore
  | PrintedQuotes
  | Prompts
  | QuotationSettings
  | QuotePdf
  | RecommendationRules
  | Referrals
  | ProductPhotos
  | SentMessages
  | Sight
  | Summaries
  | MediaDownload
  | Transcriber
  | Wazzup
  | ZohoCrm
  | ZohoInventory;

/** A customer waits: few, quick tries. */
const QUICK: RetryPolicy = { maxAttempts: 3, baseMs: 200, capMs: 1000 };
/** Lesson F-47: at most one more try of a model call. */
const MODEL: RetryPolicy = { maxAttempts: 2, baseMs: 300, capMs: 2000 };
/**
 * A reply that was decided must leave: minutes of tries, the first ones inside Wazzup's 60 s (design G5). A channel that
 * is known to be away is waited for a quarter of an hour: a later reply would be no answer any more.
 */
const SEND: RetryPolicy = { maxAttempts: 12, baseMs: 500, capMs: 60_000, postponeMs: 900_000 };
/** Nobody waits for a touch; a database that is away for some minutes does not cost a step. */
const GATE: RetryPolicy = { maxAttempts: 20, baseMs: 500, capMs: 60_000 };
/** Domain 11.13: a CRM write is completed later; about a day of tries. */
const PATIENT: RetryPolicy = { maxAttempts: 150, baseMs: 1000, capMs: 600_000, postponeMs: 86_400_000 };

/** The customer waits for the quotation: a few minutes, through Inventory's own pauses (wire/04 §2). */
const QUOTE: RetryPolicy = { maxAttempts: 6, baseMs: 1000, capMs: 30_000 };

const SECOND = 1000;

export const conversationKind = (
  services: Context.Context<ConversationServices>,
  timing: Timing,
): ActorKind => {
  const command = <Input>(
    program: (
      input: Input,
      info: CommandInfo,
    ) => Effect.Effect<unknown, CommandFailure, ConversationServices>,
    vendor: string,
    timeoutMs: number,
    retry: RetryPolicy,
  ): CommandHandler => ({
    run: (input, info) => program(input as Input, info).pipe(Effect.provideContext(services)),
    timeoutMs,
    retry,
    vendor,
  });
  return {
    kind: CONVERSATION_KIND,
    machine: conversationMachine,
    version: CONVERSATION_VERSION,
    inputFor: (actorId) => {
      const parts = parseConversationId(actorId);
      if (!parts) throw new Error('A conversation id is wz:<channelId>:<chatId>.');
      return { id: actorId, ...parts, timing };
    },
    commands: {
      // Beyond the patience of what it waits for, 2.5 s for Jina and 2.5 s for Inventory: another try would wait as long.
      brief: command(brief, 'catalog', 8 * SECOND, QUICK),
      identifyCustomer: command(identifyCustomer, 'zoho-crm', 10 * SECOND, QUICK),
      createContact: command(createContact, 'zoho-crm', 30 * SECOND, PATIENT),
      createDeal: command(createDeal, 'zoho-crm', 30 * SECOND, PATIENT),
      moveDeal: command(moveDeal, 'zoho-crm', 30 * SECOND, PATIENT),
      updateContact: command(
        (input: Parameters<typeof updateContact>[0], info) => updateContact(input, info.actorId),
        'zoho-crm',
        30 * SECOND,
        PATIENT,
      ),
      think: command(think, 'openrouter', 30 * SECOND, MODEL),
      findPhotos: command(findPhotos, 'catalog', 20 * SECOND, QUICK),
      lookAt: command(lookAt, 'openrouter', 30 * SECOND, QUICK),
      transcribe: command(transcribe, 'whisper', 60 * SECOND, QUICK),
      useTools: command(useTools, 'catalog', 12 * SECOND, QUICK),
      renderQuote: command(renderQuote, 'press', 60 * SECOND, PATIENT),
      createQuote: command(createQuote, 'zoho-inventory', 120 * SECOND, QUOTE),
      sendMessage: command(sendMessage, 'wazzup', 30 * SECOND, SEND),
      askOutreach: command(
        (input: Parameters<typeof askOutreach>[0], info) => askOutreach(input, info.commandId),
        'outreach',
        15 * SECOND,
        GATE,
      ),
      checkOrder: command(checkOrder, 'zoho-inventory', 30 * SECOND, QUICK),
      markOptOut: command(markOptOut, 'zoho-crm', 30 * SECOND, PATIENT),
      recordFeedback: command(recordFeedback, 'outreach', 15 * SECOND, PATIENT),
      adaptDraft: command(adaptDraft, 'openrouter', 20 * SECOND, QUICK),
      closeAlerts: command(closeAlerts, 'alerts', 20 * SECOND, PATIENT),
      noteInCrm: command(
        (input: Parameters<typeof noteInCrm>[0], info) => noteInCrm(input, info.commandId),
        'zoho-crm',
        30 * SECOND,
        PATIENT,
      ),
      proposeKnowledge: command(
        (input: Parameters<typeof proposeKnowledge>[0], info) => proposeKnowledge(input, info.commandId),
        'catalog',
        10 * SECOND,
        PATIENT,
      ),
      alertManager: command(
        (input: Parameters<typeof alertManager>[0], info) => alertManager(input, info.commandId),
        'alerts',
        10 * SECOND,
        PATIENT,
      ),
    },
    migrations: CONVERSATION_MIGRATIONS,
    projections: [messageInserts, messageUpdates, messageParts, conversationList, outreachPlan],
    outsideEvents: ['customer.*'],
  };
};
