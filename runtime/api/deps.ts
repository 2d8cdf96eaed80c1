/**
 * What the API asks of the rest of the shop. Each interface is the least that its routes need; a group whose service
 * is not given is not served at all, so that every route that exists works.
 */

import type { PhoneSimulator } from '../../adapters/wazzup/simulator.ts';
import type { Users } from '../auth/users.ts';
import type { ConversationViews, Page } from '../conversations/views-api.ts';
import type { Clock, EngineApi, Log } from '../engine/types.ts';
import type { Metrics } from '../metrics/metrics-api.ts';
import type { Diagnostics } from '../observability/diagnostics.ts';
import type { PromptStore } from '../prompts/prompt-store.ts';
import type { PromptTrial } from '../prompts/prompt-trial.ts';
import type { QueueViews } from '../queues/queue-views.ts';
import type { JobRunner } from '../queues/run-job.ts';
import type { Reports } from '../reports/reports.ts';
import type { CandidateView } from './candidate-schemas.ts';
import type { EffectsView } from './effects-schemas.ts';
import type { MachineHeatView } from './heat-schemas.ts';
import type { PromptTrialBody } from './house-schemas.ts';
import type { OutreachRunView, OutreachTouchView, ReferralStatsView } from './outreach-schemas.ts';
import type {
  ManagerDigestView,
  ReviewBody,
  ReviewBudgetView,
  ReviewDetailView,
  ReviewPreviewView,
  ReviewRunView,
  ReviewView,
} from './quality-schemas.ts';
import type {
  ArticleHit,
  ArticleView,
  ChannelView,
  ContactView,
  ConversationSummary,
  ModelCallView,
  ProductHit,
  ProductView,
  SpendLine,
  StockView,
  SyncRunView,
  TemplateView,
  TypingView,
} from './schemas.ts';
import type { MachineLayoutView } from './statechart-schemas.ts';
import type {
  DealPatch,
  DealView,
  DealWrittenView,
  NewDealBody,
  NewSaleOrderBody,
  SaleOrderSummaryView,
  SaleOrderView,
} from './vendor-schemas.ts';

export interface ProductQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly category?: string;
  readonly q?: string;
  /** Only what is in the improvement queue. */
  readonly improve?: boolean;
}

export interface ProductSearch {
  readonly q: string;
  readonly lang?: 'en' | 'ar';
  readonly limit: number;
}

export interface CatalogApi {
  readonly list: (query: ProductQuery) => Promise<Page<ProductView>>;
  /** Best first. */
  readonly search: (query: ProductSearch) => Promise<readonly ProductHit[]>;
  /** Starts a run, or answers the one that is running. */
  readonly sync: () => Promise<{ readonly id: string }>;
  readonly syncRun: (id: string) => Promise<SyncRunView | null>;
  /** The newest run; null: there was none. */
  readonly latestRun: () => Promise<SyncRunView | null>;
}

export interface ArticleInput {
  readonly kind: 'faq' | 'rule' | 'value';
  readonly title: string;
  readonly body: string;
  readonly language: 'en' | 'ar';
}

export interface KnowledgeApi {
  readonly list: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<ArticleView>>;
  /** What a turn would find for a customer's words, best first; `score` as the search gives it. */
  readonly search: (query: ProductSearch) => Promise<readonly ArticleHit[]>;
  /** Null as `id` makes a new article; `null` as the answer: there is no such article. */
  readonly put: (id: string | null, article: ArticleInput) => Promise<ArticleView | null>;
  /** False: there is no such article. */
  readonly remove: (id: string) => Promise<boolean>;
}

/** Managers' answers that wait for an administrator (domain 21.6). */
export interface CandidatesApi {
  /** Open ones, newest first. Throws BadCursor. */
  readonly list: (limit: number, cursor?: string) => Promise<Page<CandidateView>>;
  /** The new article's id; null: there is no such open candidate. */
  readonly approve: (
    id: string,
    words: { readonly title: string; readonly body: string },
    by: string,
  ) => Promise<string | null>;
  /** False: there is no such open candidate. */
  readonly reject: (id: string, by: string) => Promise<boolean>;
}

export interface CrmApi {
  readonly contactsByPhone: (phone: string) => Promise<readonly ContactView[]>;
  /** Newest first; a contact's, or all. */
  readonly deals: (query: {
    readonly contact?: string;
    readonly limit: number;
    readonly cursor?: string;
  }) => Promise<Page<DealView> | 'bad_cursor'>;
  readonly deal: (id: string) => Promise<DealView | null>;
  /** One deal for a key, whatever happens on the way. */
  readonly createDeal: (key: string, deal: NewDealBody) => Promise<DealWrittenView>;
  /** Null: there is no such deal. */
  readonly changeDeal: (id: string, patch: DealPatch) => Promise<DealWrittenView | null>;
}

export interface InventoryApi {
  /** Live price and stock; null: no such SKU. */
  readonly stock: (sku: string) => Promise<StockView | null>;
  /** Newest first; the one with a number, a customer's, or all. */
  readonly saleOrders: (query: {
    readonly customer?: string;
    readonly number?: string;
    readonly limit: number;
    readonly cursor?: string;
  }) => Promise<Page<SaleOrderSummaryView> | 'bad_cursor'>;
  readonly saleOrder: (id: string) => Promise<SaleOrderView | null>;
  /** One order for a key: a repeat gives the same answer, another body under the same key is refused with 409. */
  readonly createSaleOrder: (key: string, order: NewSaleOrderBody) => Promise<SaleOrderView>;
}

/** Versions of the prompts, and trying them on a past turn. */
export interface PromptsApi extends PromptStore {
  readonly trial: (body: PromptTrialBody) => Promise<PromptTrial>;
}

export type QueuesApi = QueueViews & JobRunner;

export interface ChannelsApi {
  readonly list: () => Promise<readonly ChannelView[]>;
  /** By id. Throws BadCursor. */
  readonly templates: (limit: number, cursor?: string) => Promise<Page<TemplateView>>;
  /** What a person has to do before anything can be sent on the channel; null: nothing. */
  readonly trouble: (channelId: string) => Promise<string | null>;
  /** What the customer will read, or why the template may not go out there now. */
  readonly prepare: (
    channelId: string,
    use: { readonly id: string; readonly values: readonly string[] },
  ) => Promise<
    { readonly text: string } | { readonly refused: { readonly code: string; readonly message: string } }
  >;
}

export interface SpendApi {
  /** Model calls of a conversation, oldest first; null: there is no such conversation. */
  readonly calls: (
    conversationId: string,
    limit: number,
    cursor?: string,
  ) => Promise<Page<ModelCallView> | null>;
  /** Business days `2026-03-01`, both included. */
  readonly spend: (
    from: string,
    to: string,
  ) => Promise<{
    readonly items: readonly SpendLine[];
    readonly totalUsd: string;
  }>;
  /** Today in the business time zone. */
  readonly today: () => string;
}

export interface OutreachApi {
  /** What is planned, by due moment, decided as it would be then. Throws BadCursor. */
  readonly due: (limit: number, cursor?: string) => Promise<Page<OutreachTouchView>>;
  readonly referrals: (phone: string) => Promise<ReferralStatsView>;
  /** The hourly run, now; absent kinds: all. */
  readonly run: (
    kinds?: readonly ('orders' | 'payment' | 'reactivation')[],
  ) => Promise<OutreachRunView['items']>;
}

/** Statecharts of the shipped machines. */
export interface ChartsApi {
  /** With the tag of its content; null: no such machine. */
  readonly layout: (
    machineId: string,
  ) => Promise<{ readonly view: MachineLayoutView; readonly etag: string } | null>;
  /** As Stately's editor loads it; null: no such machine. */
  readonly config: (machineId: string) => Readonly<Record<string, unknown>> | null;
  /** Of the last so many days; null: no such machine. */
  readonly heat: (machineId: string, days: number) => Promise<MachineHeatView | null>;
  /** Who took one of the transitions, the newest first; null: no such machine. */
  readonly behind: (
    machineId: string,
    transitions: readonly number[],
    days: number,
    limit: number,
  ) => Promise<readonly ConversationSummary[] | null>;
  /** Of the journal rows `from` to `to`. */
  readonly effects: (conversationId: string, from: number, to: number) => Promise<EffectsView>;
}

/** The present state does not allow it; the message says what to do. */
export interface Refused {
  readonly refused: { readonly code: string; readonly message: string };
}

export interface ReviewsAsked {
  readonly scope: ReviewView['scope'];
  readonly rating?: string;
  readonly state?: string;
  readonly conversation?: string;
  readonly manager?: string;
  readonly flagged: boolean;
  /** Of the last change, ms since the epoch; `until` is not included. */
  readonly since?: number;
  readonly until?: number;
  readonly limit: number;
  readonly cursor?: string;
}

export interface PreviewAsked {
  readonly scope?: ReviewView['scope'];
  readonly conversation?: string;
  readonly readings?: number;
  readonly transcript?: 'summary' | 'full';
  readonly limit?: number;
}

/** Reviews (domain 6, 7). */
export interface QualityApi {
  /** Newest first. Throws BadCursor. */
  readonly list: (query: ReviewsAsked) => Promise<Page<ReviewView>>;
  readonly detail: (id: string) => Promise<ReviewDetailView | null>;
  /** Null: there is no such conversation. */
  readonly ask: (body: ReviewBody) => Promise<ReviewView | Refused | null>;
  readonly preview: (query: PreviewAsked) => Promise<ReviewPreviewView | Refused | null>;
  readonly run: (scope: ReviewView['scope'], limit?: number) => Promise<ReviewRunView | Refused>;
  /** Of the business day now, one for each kind. */
  readonly budgets: () => Promise<readonly ReviewBudgetView[]>;
  /** Most reviews first. */
  readonly managers: (since?: number, until?: number) => Promise<readonly ManagerDigestView[]>;
}

/** What models are writing on this replica. */
export interface TypingSource {
  /** Told the conversation and its text so far; returns the unsubscriber. */
  readonly onTyping: (listener: (conversationId: string, typing: TypingView) => void) => () => void;
}

export interface Erased {
  /** What stands in the audit instead of the person. */
  readonly reference: string;
  readonly conversations: number;
  readonly files: number;
  readonly summaries: number;
}

/** Erasing a person (domain 20.6). */
export interface ErasureApi {
  /** All conversations of the customer of this one, on all channels; null: nothing is known of it. */
  readonly erase: (conversationId: string) => Promise<Erased | null>;
}

/** One part of `GET /api/v1/health`. */
export interface ComponentHealth {
  readonly status: 'ok' | 'degraded' | 'down';
  /** Anything useful to an operator; never a secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface HealthContributor {
  readonly name: string;
  /** A required part that is down makes the whole 503. */
  readonly required: boolean;
  readonly check: () => Promise<ComponentHealth>;
}

export interface ApiServices {
  readonly engine: EngineApi;
  readonly views: ConversationViews;
  readonly catalog?: CatalogApi | undefined;
  readonly knowledge?: KnowledgeApi | undefined;
  readonly candidates?: CandidatesApi | undefined;
  readonly crm?: CrmApi | undefined;
  readonly inventory?: InventoryApi | undefined;
  readonly erasure?: ErasureApi | undefined;
  readonly spend?: SpendApi | undefined;
  readonly metrics?: Metrics | undefined;
  readonly reports?: Reports | undefined;
  readonly channels?: ChannelsApi | undefined;
  readonly outreach?: OutreachApi | undefined;
  readonly charts?: ChartsApi | undefined;
  readonly diagnostics?: Diagnostics | undefined;
  readonly quality?: QualityApi | undefined;
  readonly prompts?: PromptsApi | undefined;
  readonly users?: Users | undefined;
  readonly queues?: QueuesApi | undefined;
  readonly typing?: TypingSource | undefined;
  readonly simulator?: PhoneSimulator | undefined;
  readonly clock: Clock;
  readonly log: Log;
}
