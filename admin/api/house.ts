/** Endpoints of what administrators look after: prompts, settings, users, audit, queues. */
import type { Client } from './client.ts';
import type {
  ArmedTimer,
  AuditEntry,
  CreatedUser,
  DrillItem,
  JobQueue,
  JobStart,
  MetricsAnswer,
  Page,
  Prompt,
  PromptDraft,
  PromptTrial,
  PromptTrialAsk,
  SettingsChange,
  SettingsDocument,
  SignInLink,
  Touch,
  User,
  UserChange,
} from './types.ts';

const PAGE_SIZE = 100;

const part = (id: string): string => encodeURIComponent(id);

const prompts = ({ request }: Client) => ({
  /** The versions in force. */
  active: () => request<Page<Prompt>>('GET', '/admin/prompts', { query: { active: true, limit: PAGE_SIZE } }),
  versions: (section: string) =>
    request<Page<Prompt>>('GET', '/admin/prompts', { query: { section, limit: PAGE_SIZE } }),
  save: (draft: PromptDraft) => request<Prompt>('POST', '/admin/prompts', { body: draft }),
  activate: (id: string) => request<Prompt>('POST', `/admin/prompts/${part(id)}/activate`),
  /** Asks the model again what it was asked in a past turn. */
  trial: (ask: PromptTrialAsk) => request<PromptTrial>('POST', '/admin/prompts/trial', { body: ask }),
});

const settings = ({ request }: Client) => ({
  read: () => request<SettingsDocument>('GET', '/admin/settings'),
  change: (patch: Readonly<Record<string, unknown>>) =>
    request<SettingsDocument>('PUT', '/admin/settings', { body: patch }),
  history: (cursor?: string) =>
    request<Page<SettingsChange>>('GET', '/admin/settings/history', { query: { limit: 50, cursor } }),
});

const users = ({ request }: Client) => ({
  list: (cursor?: string) =>
    request<Page<User>>('GET', '/admin/users', { query: { limit: PAGE_SIZE, cursor } }),
  create: (user: { readonly email: string; readonly name: string; readonly role: User['role'] }) =>
    request<CreatedUser>('POST', '/admin/users', { body: user }),
  change: (id: string, patch: UserChange) =>
    request<User>('PATCH', `/admin/users/${part(id)}`, { body: patch }),
  /** Ends sessions and password; the answer is the way back in. */
  reset: (id: string) => request<SignInLink>('POST', `/admin/users/${part(id)}/reset`),
  password: (words: { readonly current?: string; readonly password: string }) =>
    request<unknown>('PUT', '/session/password', { body: words }),
});

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

const audit = ({ request }: Client) => ({
  list: (filter: AuditFilter, cursor?: string) =>
    request<Page<AuditEntry>>('GET', '/admin/audit', { query: { ...filter, limit: 50, cursor } }),
});

const queues = ({ request }: Client) => ({
  timers: (cursor?: string) =>
    request<Page<ArmedTimer>>('GET', '/admin/timers', { query: { limit: PAGE_SIZE, cursor } }),
  jobs: () => request<Page<JobQueue>>('GET', '/admin/jobs'),
  /** Starts a scheduled job now, or what failed in a queue without a schedule again. */
  runJob: (name: string) => request<JobStart>('POST', `/admin/jobs/${part(name)}/run`),
  /** What would be written, to whom, and why others are blocked: nothing is sent. */
  touches: (cursor?: string) =>
    request<Page<Touch>>('GET', '/outreach/due', { query: { limit: PAGE_SIZE, cursor } }),
});

export interface MetricsAsk {
  readonly period?: string | undefined;
  /** Business days, `2026-03-01`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const metrics = ({ request }: Client) => ({
  read: (ask: MetricsAsk) => request<MetricsAnswer>('GET', '/admin/metrics', { query: { ...ask } }),
  /** The conversations behind one number. */
  drill: async (ask: MetricsAsk, metric: string, cursor?: string): Promise<Page<DrillItem>> => {
    const answer = await request<MetricsAnswer>('GET', '/admin/metrics', {
      query: { ...ask, drill: metric, limit: PAGE_SIZE, cursor },
    });
    return { items: answer.drill?.items ?? [], next: answer.drill?.next ?? null };
  },
});

export const house = (client: Client) => ({
  metrics: metrics(client),
  prompts: prompts(client),
  settings: settings(client),
  users: users(client),
  audit: audit(client),
  queues: queues(client),
});
