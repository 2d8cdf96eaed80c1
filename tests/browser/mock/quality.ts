/** Reviews of the mock's shop: a good dialogue with evidence, one with little to judge, a manager's work, a red flag. */
import type {
  ManagerDigestView,
  ReviewBudgetView,
  ReviewDetailView,
  ReviewPreviewView,
  ReviewView,
} from '../../../runtime/api/quality-schemas.ts';
import type { Asked } from './routes.ts';
import { iso, type MockConversation } from './world.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const HOUR_MS = 3_600_000;

const review = (over: Partial<ReviewView> & Pick<ReviewView, 'id' | 'conversationId'>): ReviewView => ({
  scope: 'bot',
  customer: null,
  manager: null,
  state: 'scored',
  activityAt: iso(NOW),
  askedAt: iso(NOW),
  updatedAt: iso(NOW),
  score: { points: 22.4, ceiling: 30, rating: 'good', plainSum: 21 },
  spread: { readings: 3, lowest: 21.1, highest: 23.6 },
  coverage: { rules: 11, blocks: 4, isEnough: true },
  flags: [],
  measures: null,
  model: 'google/gemini-2.5-flash',
  promptVersion: 'quality-judge@1',
  costUsd: '0.0063',
  reason: null,
  ...over,
});

const LAYLA = 'wz:main:971500000101';
const GRACE = 'wz:main:971500000123';

const reviews: readonly ReviewView[] = [
  review({ id: `review:1:${LAYLA}`, conversationId: LAYLA, customer: 'Layla Haddad' }),
  review({
    id: `review:2:${GRACE}`,
    conversationId: GRACE,
    customer: 'Grace Okoro',
    activityAt: iso(NOW - HOUR_MS),
    score: { points: 4.5, ceiling: 9.6, rating: null, plainSum: 6 },
    spread: { readings: 3, lowest: 4.5, highest: 4.5 },
    coverage: { rules: 6, blocks: 2, isEnough: false },
  }),
  review({
    id: `review:manager:3:${GRACE}`,
    scope: 'manager',
    conversationId: GRACE,
    customer: 'Grace Okoro',
    manager: 'Aisha Rahman',
    score: { points: 16, ceiling: 20, rating: 'good', plainSum: null },
    spread: { readings: 3, lowest: 15, highest: 17 },
    coverage: null,
    measures: {
      firstResponseMs: 7 * 60_000,
      isWithinTarget: true,
      converted: null,
      messages: 4,
      dealAmount: null,
    },
  }),
  review({
    id: `review:flags:4:${LAYLA}`,
    scope: 'flags',
    conversationId: LAYLA,
    customer: 'Layla Haddad',
    score: null,
    spread: { readings: 1, lowest: 1, highest: 1 },
    coverage: null,
    flags: ['unsupported_commitment'],
  }),
];

const detailOf = (found: ReviewView, chat: MockConversation | undefined): ReviewDetailView => {
  const said = chat?.messages.find(({ from }) => from === 'bot');
  const evidence = said === undefined ? [] : [{ quote: said.text.slice(0, 40), messageId: said.id }];
  return {
    ...found,
    blocks:
      found.scope === 'bot'
        ? [
            { name: 'opening', title: 'Opening & trust', points: 4.5, ceiling: 6 },
            { name: 'discovery', title: 'Relationship & discovery', points: 6.3, ceiling: 9 },
            { name: 'solution', title: 'Consultative solution', points: null, ceiling: null },
          ]
        : [],
    criteria:
      found.scope === 'flags'
        ? []
        : [
            {
              rule: 1,
              title: "Opens with a greeting, the assistant's name and the company's name.",
              applies: true,
              score: 2,
              comment: 'Greets, and gives both names.',
              evidence,
            },
            {
              rule: 15,
              title: 'When the customer is not ready, agrees a concrete next contact.',
              applies: false,
              score: 0,
              comment: '',
              evidence: [],
            },
          ],
    flagFindings:
      found.scope === 'flags'
        ? [
            {
              flag: 'unsupported_commitment',
              title: 'Unsupported commitment',
              comment: 'Promises a fixed day.',
              evidence,
            },
          ]
        : [],
    strengths: ['Warm and quick.'],
    weaknesses: ['Did not ask for the e-mail.'],
    recommendations: ['Repeat the next step at the end.'],
    nextAction: 'Send the quotation.',
  };
};

const PREVIEW: ReviewPreviewView = {
  scope: 'bot',
  model: 'google/gemini-2.5-flash',
  reviews: 4,
  readings: 3,
  calls: 12,
  likelyUsd: '0.0252',
  mostUsd: '1.3200',
  leftUsd: '0.8700',
  isKnown: false,
};
const budget = (over: Partial<ReviewBudgetView> & Pick<ReviewBudgetView, 'scope'>): ReviewBudgetView => ({
  spentCents: 0,
  limitCents: 100,
  calls: 0,
  callsLimit: 400,
  stoppedSince: null,
  ...over,
});
const BUDGETS: readonly ReviewBudgetView[] = [
  budget({ scope: 'bot', spentCents: 13.42, calls: 66 }),
  budget({ scope: 'manager' }),
  budget({ scope: 'flags', limitCents: 5, spentCents: 4.9, calls: 31, stoppedSince: iso(NOW - HOUR_MS) }),
];
const MANAGERS: readonly ManagerDigestView[] = [
  {
    manager: 'Aisha Rahman',
    reviews: 1,
    averagePoints: 16,
    averageFirstResponseMs: 420_000,
    converted: 0,
    known: 0,
  },
];

/** Null: another part of the shop answers. */
export const qualityAnswer = (
  { path, query, method }: Asked,
  conversations: ReadonlyMap<string, MockConversation>,
): unknown => {
  if (!path.startsWith('/quality/')) return null;
  if (path === '/quality/managers') return { items: MANAGERS, next: null };
  if (path === '/quality/budget') return { items: BUDGETS, next: null };
  if (path === '/quality/preview') return PREVIEW;
  if (path === '/quality/runs' && method === 'POST') return { asked: 4, run: 'bot:1:by-hand' };
  if (path === '/quality/reviews') {
    const rating = query.get('rating');
    const items = reviews
      .filter(({ scope }) => scope === (query.get('scope') ?? 'bot'))
      .filter(({ score }) => rating === null || score?.rating === rating)
      .filter(({ flags }) => query.get('flagged') !== 'true' || flags.length > 0);
    return { items, next: null };
  }
  const found = reviews.find(({ id }) => path === `/quality/reviews/${encodeURIComponent(id)}`);
  return found === undefined ? null : detailOf(found, conversations.get(found.conversationId));
};
