/** Health, channels, templates and spending of the mock's shop: something is wrong with two of them, as in life. */

import type { ChannelView, HealthView, SpendView, TemplateView } from '../../../runtime/api/schemas.ts';
import { iso } from './world.ts';

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (at: number): string => iso(at).slice(0, 10);

const vendor = (
  now: number,
  facts: {
    readonly circuit?: string;
    readonly failure?: string;
    readonly calls: number;
    readonly p95: number;
  },
) => ({
  status: facts.circuit === undefined ? ('ok' as const) : ('degraded' as const),
  detail: {
    circuit: facts.circuit ?? 'closed',
    lastSuccessAt: iso(now - (facts.circuit === undefined ? 9_000 : 260_000)),
    lastFailure: facts.failure ?? null,
    lastFailureAt: facts.failure === undefined ? null : iso(now - 40_000),
    calls: facts.calls,
    failures: facts.failure === undefined ? 0 : 5,
    p50Ms: Math.round(facts.p95 / 2),
    p95Ms: facts.p95,
  },
});

const health = (now: number): HealthView => ({
  status: 'ok',
  version: '0.1.0',
  components: {
    postgres: { status: 'ok', detail: { connections: 8, waiting: 0 } },
    mailbox: { status: 'ok', detail: { depth: 3, ageMs: 240, parked: 2 } },
    redis: { status: 'ok', detail: { mode: 'redis', since: iso(now - DAY_MS), outages: 0, skipped: 0 } },
    qdrant: { status: 'ok', detail: { products: 812, knowledge: 44 } },
    Wazzup: vendor(now, { calls: 1204, p95: 310 }),
    OpenRouter: vendor(now, { calls: 688, p95: 4200, failure: 'ModelTimeout' }),
    'zoho-crm': vendor(now, { calls: 301, p95: 890 }),
    'zoho-inventory': vendor(now, { circuit: 'open', failure: 'InventoryThrottled', calls: 512, p95: 1240 }),
    Jina: vendor(now, { calls: 96, p95: 260 }),
    telegram: vendor(now, { calls: 14, p95: 190 }),
  },
});

const channels = (now: number): readonly ChannelView[] => [
  {
    id: 'main',
    name: 'Showroom',
    phone: '+97140000001',
    transport: 'wapi',
    state: 'active',
    maySend: true,
    mayReachOut: true,
    advice: '',
    since: iso(now - DAY_MS),
    checkedAt: iso(now - 21_000),
  },
  {
    id: 'second',
    name: 'Projects',
    phone: '+97140000002',
    transport: 'whatsapp',
    state: 'qridle',
    maySend: false,
    mayReachOut: false,
    advice: 'The phone is disconnected. Scan the QR code in Wazzup with the phone of this number.',
    since: iso(now - 3_600_000),
    checkedAt: iso(now - 21_000),
  },
];

export const templates = (now: number): readonly TemplateView[] => [
  {
    id: 'tpl-quote',
    name: 'quotation_ready',
    title: 'Quotation is ready',
    language: 'en',
    status: 'approved',
    text: 'Hello {{1}}, your quotation {{2}} is ready. Shall we send it to you here?',
    blanks: 2,
    channelIds: [],
    since: iso(now - 9 * DAY_MS),
  },
  {
    id: 'tpl-hello-ar',
    name: 'follow_up_ar',
    title: 'متابعة',
    language: 'ar',
    status: 'approved',
    text: 'مرحبًا {{1}}، هل ما زلتم مهتمين بالأثاث المكتبي؟',
    blanks: 1,
    channelIds: ['main'],
    since: iso(now - 9 * DAY_MS),
  },
  {
    id: 'tpl-sale',
    name: 'ramadan_offer',
    title: 'Seasonal offer',
    language: 'en',
    status: 'rejected',
    text: 'Up to 40% off this week only!',
    blanks: 0,
    channelIds: [],
    since: iso(now - 2 * DAY_MS),
  },
];

const COSTS = [3.1, 4.4, 2.9, 0.6, 5.2, 4.9, 3.8, 6.1, 4.0, 0.9, 5.5, 6.8, 4.2];

const spend = (now: number): typeof SpendView.Type => {
  const line = (day: string, job: string, calls: number, costUsd: string, failed = 0) => ({
    day,
    job,
    calls,
    failed,
    unbilled: 0,
    promptTokens: calls * 2100,
    cachedTokens: calls * 1400,
    completionTokens: calls * 180,
    reasoningTokens: 0,
    costUsd,
  });
  const today = dayOf(now);
  return {
    from: dayOf(now - 29 * DAY_MS),
    to: today,
    items: [
      ...COSTS.map((cost, index) =>
        line(dayOf(now - (COSTS.length - index) * DAY_MS), 'dialogue', 400, cost.toFixed(6)),
      ),
      line(today, 'dialogue', 412, '5.184200', 5),
      line(today, 'summary', 31, '1.720000'),
      line(today, 'sight', 12, '0.084000'),
    ],
    totalUsd: '59.388200',
  };
};

/** The runtime's numbers, as the operations page reads them. */
export const runtime = {
  mailboxDepth: 3,
  mailboxAgeMs: 1240,
  commitP50Ms: 3.2,
  commitP95Ms: 11.8,
  replyP50Ms: 2410,
  replyP95Ms: 6300,
  commandsWaiting: 2,
  commandsRunning: 4,
  timersArmed: 38,
  parked: 2,
  liveConnections: 3,
  residentBytes: 214 * 1024 * 1024,
};

/** The body for a path of operations; null when it is none of them. */
export const operationsAnswer = (path: string, now: number): unknown => {
  if (path === '/health') return health(now);
  if (path === '/channels') return { items: channels(now), next: null };
  if (path === '/templates') return { items: templates(now), next: null };
  if (path === '/admin/spend') return spend(now);
  return null;
};
