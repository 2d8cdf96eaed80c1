/** Every endpoint the admin uses, by name; paths are those of contract 3.2. */
import type { TemplateUse } from '../stores/messages.ts';
import type { Client } from './client.ts';
import { house } from './house.ts';
import type {
  Article,
  Budgets,
  Candidate,
  Channel,
  Conversation,
  DeadLetter,
  Effects,
  FoundArticle,
  Health,
  Journal,
  Machine,
  MachineHeat,
  MachineLayout,
  ManagerDigest,
  Message,
  Page,
  PhoneChat,
  PhoneMessage,
  Product,
  Report,
  ReportHead,
  Review,
  ReviewBudget,
  ReviewDetail,
  ReviewPreview,
  ReviewRun,
  RuntimeNumbers,
  ScoredProduct,
  Session,
  Spend,
  Summary,
  SyncRun,
  TabCounts,
  Template,
} from './types.ts';

/** As many rows as the API gives at once. */
export const PAGE_SIZE = 200;

export interface ConversationFilter {
  readonly owner?: Summary['owner'] | undefined;
  readonly language?: Summary['language'] | undefined;
  readonly waiting?: boolean | undefined;
  readonly stuck?: boolean | undefined;
  /** A state, with whatever lies inside it. */
  readonly state?: string | undefined;
  readonly q?: string | undefined;
}

export type ArticleDraft = Pick<Article, 'kind' | 'title' | 'body' | 'language'>;

const chat = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

const sessions = ({ request }: Client) => ({
  current: () => request<Session>('GET', '/session'),
  signIn: (email: string, password: string) =>
    request<Session>('POST', '/session', { body: { email, password } }),
  /** Trades a one-time link for a session; a link works once. */
  useLink: (token: string) => request<Session>('POST', '/session/link', { body: { token } }),
  signOut: () => request<unknown>('DELETE', '/session'),
});

const conversations = ({ request }: Client) => ({
  list: (filter: ConversationFilter, cursor?: string) =>
    request<Page<Summary>>('GET', '/conversations', { query: { ...filter, limit: PAGE_SIZE, cursor } }),
  /** How many each tab holds. */
  counts: () => request<TabCounts>('GET', '/conversations/counts'),
  detail: (id: string) => request<Conversation>('GET', chat(id)),
  /** Oldest first; the cursor goes back in time from the newest page. */
  messages: (id: string, cursor?: string) =>
    request<Page<Message>>('GET', `${chat(id)}/messages`, { query: { limit: 100, cursor } }),
  /** Rows with `seq > since`, oldest first. */
  journal: (id: string, since: number) =>
    request<Page<Journal>>('GET', `${chat(id)}/journal`, { query: { since, limit: PAGE_SIZE } }),
  /** Value and context as they were after the row `seq`. */
  snapshotAt: (id: string, seq: number) =>
    request<{ readonly value: unknown; readonly context: unknown }>('GET', `${chat(id)}/snapshot`, {
      query: { at: seq },
    }),
  takeOver: (id: string, key: string, returnInMs?: number) =>
    request<Conversation>('POST', `${chat(id)}/take-over`, {
      ...(returnInMs === undefined ? {} : { body: { returnInMs } }),
      idempotencyKey: key,
    }),
  release: (id: string, note: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/release`, {
      body: note === '' ? {} : { note },
      idempotencyKey: key,
    }),
  reply: (id: string, text: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/messages`, { body: { text }, idempotencyKey: key }),
  /** An approved template: the only way to write while the 24-hour window is shut. */
  template: (id: string, template: TemplateUse, key: string) =>
    request<Conversation>('POST', `${chat(id)}/messages`, { body: { template }, idempotencyKey: key }),
  /** Holds everything until it is resumed; the reason is shown to colleagues. */
  pause: (id: string, reason: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/pause`, { body: { reason }, idempotencyKey: key }),
  resume: (id: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/resume`, { idempotencyKey: key }),
  note: (id: string, text: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/notes`, { body: { text }, idempotencyKey: key }),
  close: (id: string, key: string) =>
    request<Conversation>('POST', `${chat(id)}/close`, { idempotencyKey: key }),
  machine: (id: string) => request<Machine>('GET', `/machines/${encodeURIComponent(id)}`),
});

const catalog = ({ request }: Client) => ({
  /** `improve`: only cards that score below 70 (domain 21.3). */
  list: (improve: boolean, cursor?: string) =>
    request<Page<Product>>('GET', '/products', {
      query: { limit: 100, cursor, improve: improve ? true : undefined },
    }),
  search: (q: string, lang: Summary['language'] | undefined, signal: AbortSignal) =>
    request<Page<ScoredProduct>>('GET', '/products/search', { query: { q, lang, limit: 50 }, signal }),
  /** Starts a run, or answers the one that is running. */
  sync: () => request<{ readonly id: string }>('POST', '/products/sync'),
  syncRun: (run: string) => request<SyncRun>('GET', `/products/sync/${encodeURIComponent(run)}`),
});

const knowledge = ({ request }: Client) => ({
  list: (cursor?: string) =>
    request<Page<Article>>('GET', '/knowledge', { query: { limit: PAGE_SIZE, cursor } }),
  /** What a turn would find for a customer's words. */
  search: (q: string, lang: Summary['language'] | undefined) =>
    request<Page<FoundArticle>>('GET', '/knowledge/search', { query: { q, lang } }),
  create: (draft: ArticleDraft) => request<Article>('POST', '/knowledge', { body: draft }),
  update: (id: string, draft: ArticleDraft) =>
    request<Article>('PUT', `/knowledge/${encodeURIComponent(id)}`, { body: draft }),
  remove: (id: string) => request<unknown>('DELETE', `/knowledge/${encodeURIComponent(id)}`),
});

const deadLetters = ({ request }: Client) => ({
  list: (cursor?: string) =>
    request<Page<DeadLetter>>('GET', '/admin/dead-letters', { query: { limit: 100, cursor } }),
  retry: (id: string) => request<unknown>('POST', `/admin/dead-letters/${encodeURIComponent(id)}/retry`),
  discard: (id: string) => request<unknown>('POST', `/admin/dead-letters/${encodeURIComponent(id)}/discard`),
});

const operations = ({ request }: Client) => ({
  /** Also answered with 503, when something that is required is down: that is what the page is for. */
  health: () => request<Health>('GET', '/health', { answers: [503] }),
  metrics: () => request<{ readonly runtime: RuntimeNumbers }>('GET', '/admin/metrics'),
  /** Thirty days, up to the business day of now. */
  spend: () => request<Spend>('GET', '/admin/spend'),
  settings: () => request<Budgets>('GET', '/admin/settings'),
  channels: () => request<Page<Channel>>('GET', '/channels'),
  templates: () => request<Page<Template>>('GET', '/templates', { query: { limit: PAGE_SIZE } }),
});

const candidates = ({ request }: Client) => ({
  list: (cursor?: string) =>
    request<Page<Candidate>>('GET', '/knowledge/candidates', { query: { limit: 100, cursor } }),
  /** Publishes the words given, which need not be the manager's. */
  approve: (id: string, words: { readonly title: string; readonly body: string }) =>
    request<{ readonly articleId: string }>(
      'POST',
      `/knowledge/candidates/${encodeURIComponent(id)}/approve`,
      { body: words },
    ),
  reject: (id: string) => request<unknown>('POST', `/knowledge/candidates/${encodeURIComponent(id)}/reject`),
});

export interface ReviewFilter {
  readonly scope: Review['scope'];
  readonly rating: string | undefined;
  readonly flagged: boolean | undefined;
}

const quality = ({ request }: Client) => ({
  list: (filter: ReviewFilter, cursor?: string) =>
    request<Page<Review>>('GET', '/quality/reviews', { query: { ...filter, limit: 100, cursor } }),
  review: (id: string) => request<ReviewDetail>('GET', `/quality/reviews/${encodeURIComponent(id)}`),
  managers: () => request<Page<ManagerDigest>>('GET', '/quality/managers'),
  /** The business day of each kind of review. */
  budget: () => request<Page<ReviewBudget>>('GET', '/quality/budget'),
  /** What a run would ask and cost; asks nobody. */
  preview: (scope: Review['scope']) =>
    request<ReviewPreview>('GET', '/quality/preview', { query: { scope } }),
  run: (scope: Review['scope']) => request<ReviewRun>('POST', '/quality/runs', { body: { scope } }),
});

export interface ReportOrder {
  readonly kind: ReportHead['kind'];
  /** Of chosen days. */
  readonly from?: string;
  readonly to?: string;
  readonly tell: boolean;
}

const reports = ({ request }: Client) => ({
  list: (cursor?: string) =>
    request<Page<ReportHead>>('GET', '/quality/reports', { query: { limit: PAGE_SIZE, cursor } }),
  read: (id: string) => request<Report>('GET', `/quality/reports/${encodeURIComponent(id)}`),
  make: (body: ReportOrder) => request<Report>('POST', '/quality/reports', { body }),
});

/** A file of a report; the browser fetches it with the session's cookie. */
export const reportFile = (id: string, end: 'csv' | 'json' | 'pdf', lang?: string): string =>
  `/api/v1/quality/reports/${encodeURIComponent(id)}.${end}${lang === undefined ? '' : `?lang=${lang}`}`;

export interface PhoneWrites {
  readonly text: string;
  readonly name?: string;
  readonly kind?: PhoneMessage['kind'];
  /** Which sample goes with a file kind. */
  readonly sample?: 'usual' | 'plan';
  /** A voice note that was recorded; without it a file kind sends a sample. */
  readonly file?: { readonly name: string; readonly contentType: string; readonly base64: string };
  /** Delivers the same webhook so many times. */
  readonly times?: number;
}

const phone = (chatId: string): string => `/sandbox/chats/${encodeURIComponent(chatId)}`;

const phones = ({ request }: Client) => ({
  list: () => request<Page<PhoneChat>>('GET', '/sandbox/chats'),
  customerWrites: (chatId: string, body: PhoneWrites) =>
    request<{ readonly messageId: string }>('POST', `${phone(chatId)}/messages`, { body }),
  managerWrites: (chatId: string, text: string) =>
    request<unknown>('POST', `${phone(chatId)}/manager`, { body: { text, from: 'phone' } }),
  /** The customer opens the chat: everything of ours becomes read. */
  read: (chatId: string) => request<unknown>('POST', `${phone(chatId)}/read`),
});

const charts = ({ request }: Client) => ({
  /** What happened in each state and transition in the last so many days. */
  heat: (id: string, days: number) =>
    request<MachineHeat>('GET', `/machines/${encodeURIComponent(id)}/heat`, { query: { days } }),
  /** Who took one of these transitions, the newest first. */
  behind: (id: string, transitions: readonly number[], days: number) =>
    request<Page<Summary>>('GET', `/machines/${encodeURIComponent(id)}/conversations`, {
      query: { days, transitions: transitions.join(','), limit: 100 },
    }),
  /** Who is in a state now; who waits longest for us comes first. */
  inState: (state: string) =>
    request<Page<Summary>>('GET', '/conversations', { query: { state, limit: 100 } }),
  /** For Stately's editor. */
  config: (id: string) => request<object>('GET', `/machines/${encodeURIComponent(id)}/config`),
  /** What the journal rows `from` to `to` set off. */
  effects: (id: string, from: number, to: number) =>
    request<Effects>('GET', `${chat(id)}/effects`, { query: { from, to } }),
  /** The browser keeps it and asks whether it is still right. */
  layout: (id: string) => request<MachineLayout>('GET', `/machines/${encodeURIComponent(id)}/layout`),
});

/** The API by subject. */
export const makeApi = (client: Client) => ({
  client,
  sessions: sessions(client),
  conversations: conversations(client),
  catalog: catalog(client),
  knowledge: knowledge(client),
  deadLetters: deadLetters(client),
  operations: operations(client),
  candidates: candidates(client),
  reports: reports(client),
  phones: phones(client),
  ...house(client),
  charts: charts(client),
  quality: quality(client),
});

export type Api = ReturnType<typeof makeApi>;
