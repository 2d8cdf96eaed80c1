/**
 * What the conversation invokes: the name of each program in `actors/`, what it is given and what it answers. The
 * logic here never runs: the host reads `src` and `input` and runs the program of that name.
 */
import { fromPromise } from 'xstate';
import type { Attribution } from '../attribution/touch.ts';
import type { TouchDecision, TouchRequest } from '../outreach/touch.ts';
import type { RenderQuoteInput, RenderQuoteOutput } from '../quotation/render.ts';
import type {
  Briefing,
  DealStage,
  EvidenceArticle,
  EvidenceProduct,
  Language,
  Purchases,
  ToolCall,
} from './context.ts';
import type { AdaptInput } from './draft/draft-prompt.ts';
import type { TemplateUse } from './events.ts';
import type { OutboundFile } from './outbound-file.ts';
import type { UseToolsInput, UseToolsOutput } from './tool-results.ts';

export * from './tool-results.ts';

export interface BriefInput {
  readonly conversationId: string;
  readonly text: string;
  readonly language: Language;
}
/** Prompts, settings and what the catalog and the knowledge base have on the customer's words. */
export interface BriefOutput {
  readonly briefing: Briefing;
  readonly products: readonly EvidenceProduct[];
  readonly articles: readonly EvidenceArticle[];
}

export interface IdentifyInput {
  /** Digits with country code, as WhatsApp gives them. */
  readonly phone: string;
}
export interface IdentifyOutput {
  readonly contact: {
    readonly id: string;
    readonly name: string | null;
    readonly company: string | null;
    readonly email: string | null;
    readonly segment: string | null;
  } | null;
  /** What the CRM knows of earlier purchases; null when it was not asked or did not answer. */
  readonly purchases?: Purchases | null;
}

export interface CreateContactInput {
  readonly phone: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly email: string | null;
  /** Where the customer came from first (domain 11.7). Absent: not known. */
  readonly attribution?: Attribution;
}
export interface CreateContactOutput {
  readonly contactId: string;
}

/** A chat message in the model's own terms (wire/05). */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string | null;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly type: 'function';
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

export interface ToolSpec {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: object };
}

export interface ThinkInput {
  readonly conversationId: string;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ToolSpec[];
  /** `none`: the tools are shown, and none may be called. Absent in commands of earlier releases: `auto`. */
  readonly toolChoice?: 'auto' | 'none';
  /** `section@version` of each prompt section, for the journal. */
  readonly promptVersions: readonly string[];
}
export interface ThinkOutput {
  readonly text: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string;
  readonly model: string;
  readonly generationId: string | null;
  readonly usage: {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly cachedTokens: number;
    readonly costUsd: string;
  };
}

export interface SendInput {
  readonly localId: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly text: string;
  readonly by: 'bot' | 'manager';
  /** Sent in place of the text, which is what the template reads like. */
  readonly template?: TemplateUse;
  /** Goes before the text as a message of its own (wire/01 §2.1); with a file the text may be empty. */
  readonly file?: OutboundFile;
}
export interface SendOutput {
  readonly localId: string;
  /** The provider's ids, one a part; empty when the provider only said "already sent" (wire/01 §3). */
  readonly providerIds: readonly string[];
  /** Parts that went out under ids nobody told us; their echoes are still to come. Absent: none, when ids are given. */
  readonly unnamed?: number;
}

export interface TranscribeInput {
  readonly notes: readonly {
    readonly messageId: string;
    readonly uri: string;
    readonly name: string | null;
  }[];
}
export interface TranscribeOutput {
  /** One entry a note; null text: nothing was said, or the file cannot be used. */
  readonly heard: readonly {
    readonly messageId: string;
    readonly text: string | null;
    /** Why there is no text, for the timeline. */
    readonly reason: string | null;
    readonly seconds: number | null;
    readonly costUsd: string | null;
  }[];
}

export interface LookAtInput {
  readonly conversationId: string;
  readonly pictures: readonly {
    readonly messageId: string;
    readonly kind: 'image' | 'document';
    readonly uri: string;
    readonly name: string | null;
    readonly caption: string;
  }[];
}
export interface LookAtOutput {
  /** One entry a file. `unseen`: nobody could look; a person has to. */
  readonly seen: readonly {
    readonly messageId: string;
    readonly what: 'plan' | 'product' | 'other' | 'unseen';
    /** Of a product, in English: what to search for. */
    readonly description: string | null;
  }[];
}

export interface FindPhotosInput {
  readonly skus: readonly string[];
}
export interface FindPhotosOutput {
  /** In the order asked; articles without a photo are left out. */
  readonly files: readonly OutboundFile[];
}

export interface CreateDealInput {
  /** The same key never makes a second deal (domain 11.10). */
  readonly key: string;
  readonly contactId: string;
  readonly name: string;
  readonly stage: DealStage;
  /** Decimal string, AED; null while nothing is priced. */
  readonly amount: string | null;
  readonly description: string;
  /** What led to this order: the latest touch (domain 11.7). Absent: not known. */
  readonly attribution?: Attribution;
}
export interface CreateDealOutput {
  readonly dealId: string;
}

export interface MoveDealInput {
  readonly dealId: string;
  readonly stage: DealStage;
  readonly amount: string | null;
}
/** What the CRM has now. */
export interface MoveDealOutput {
  readonly stage: DealStage;
  readonly amount: string | null;
}

export interface AdaptOutput {
  /** What the customer gets. */
  readonly text: string;
  /** False: the manager's own words. */
  readonly adapted: boolean;
}

/** An order to be quoted. Prices are what the customer was told; Inventory's of now are compared (domain 9.6, 12.2). */
export interface CreateQuoteInput {
  readonly conversationId: string;
  /** Seed of the Inventory order's number: one order, however often this is tried (contract 5, lesson F-35). */
  readonly orderKey: string;
  readonly revision: number;
  readonly customer: {
    readonly name: string;
    readonly company: string | null;
    readonly email: string;
    /** `+971501234567`. */
    readonly phone: string;
    readonly address: string;
  };
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    /** After the segment's discount. */
    readonly unitPrice: string;
    readonly listPrice: string;
  }[];
  /** Decimal text; null: not known, so outside the order. */
  readonly deliveryCharge: string | null;
}
/** Inventory has this order, verified by reading it back. */
export interface CreatedQuote {
  readonly kind: 'created';
  readonly number: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly revision: number;
}
export type CreateQuoteOutput =
  | CreatedQuote
  /** Inventory's prices are not those that were told: nothing was written. All lines, at their catalog rates. */
  | {
      readonly kind: 'repriced';
      readonly lines: readonly { readonly sku: string; readonly listPrice: string }[];
    }
  /** Articles that Inventory does not sell or has no price for (domain 9.7, 9.8): nothing was written. */
  | { readonly kind: 'unsellable'; readonly skus: readonly string[] };

/** How an order stands in Inventory (domain 18.4); null: Inventory has no such order. */
export interface OrderNews {
  readonly stage: 'open' | 'delivered' | 'cancelled';
  readonly paid: boolean;
}

const runsInTheHost = (): never => {
  throw new Error('This actor is run by the host; see actors/.');
};
const program = <Output, Input>() => fromPromise<Output, Input>(runsInTheHost);

export const conversationActors = {
  brief: program<BriefOutput, BriefInput>(),
  identifyCustomer: program<IdentifyOutput, IdentifyInput>(),
  createContact: program<CreateContactOutput, CreateContactInput>(),
  think: program<ThinkOutput, ThinkInput>(),
  transcribe: program<TranscribeOutput, TranscribeInput>(),
  useTools: program<UseToolsOutput, UseToolsInput>(),
  sendMessage: program<SendOutput, SendInput>(),
  adaptDraft: program<AdaptOutput, AdaptInput>(),
  createQuote: program<CreateQuoteOutput, CreateQuoteInput>(),
  renderQuote: program<RenderQuoteOutput, RenderQuoteInput>(),
  lookAt: program<LookAtOutput, LookAtInput>(),
  findPhotos: program<FindPhotosOutput, FindPhotosInput>(),
  createDeal: program<CreateDealOutput, CreateDealInput>(),
  moveDeal: program<MoveDealOutput, MoveDealInput>(),
  /** Whether a touch may go out now, and in which words. */
  askOutreach: program<TouchDecision, TouchRequest>(),
  checkOrder: program<OrderNews | null, { readonly number: string }>(),
};

/** Parameters of the fire-and-forget commands. */
export interface AlertParams {
  readonly conversationId: string;
  readonly chatId: string;
  readonly trigger: number | null;
  /** A concrete order is confirmed or rejected; everything else is answered (domain 8.6). */
  readonly about?: 'order';
  readonly reason: string;
  readonly summary: string;
  readonly lastLines: readonly string[];
}
/** The managers' questions about the conversation are dealt with (domain 8.8). */
export interface CloseAlertsParams {
  readonly conversationId: string;
  /** Who dealt with them. */
  readonly by: string | null;
  /** For the managers' group: how it ended. */
  readonly note: string;
}
/** A manager's answer that may become an article (domain 21.6). */
export interface ProposeKnowledgeParams {
  readonly conversationId: string;
  readonly question: string;
  readonly answer: string;
  readonly language: Language;
  readonly by: string;
}
export interface UpdateContactParams {
  readonly contactId: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A note on the deal, or on the contact while there is none (wire/03 §6). */
export interface CrmNoteParams {
  readonly conversationId: string;
  readonly chatId: string;
  readonly contactId: string | null;
  readonly dealId: string | null;
  readonly occasion: 'handed_over' | 'quoted' | 'closed';
  readonly content: string;
  readonly at: number;
}

/** The CRM is told that the customer wants no messages (domain 20.1). */
export interface OptOutParams {
  readonly conversationId: string;
  readonly chatId: string;
  readonly contactId: string | null;
  readonly at: number;
}

/** One record a conversation (domain 18.3). */
export interface FeedbackParams {
  readonly conversationId: string;
  readonly order: string | null;
  readonly overall: number | null;
  readonly delivery: number | null;
  readonly recommend: boolean | null;
  readonly comment: string | null;
  readonly requestedAt: number;
  readonly at: number;
}
