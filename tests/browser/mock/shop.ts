/** What the shop of the mock has beside its customers: products, articles, parked items. */
import type { CandidateView } from '../../../runtime/api/candidate-schemas.ts';
import type { ArticleView, DeadLetterView, ProductView } from '../../../runtime/api/schemas.ts';
import { iso } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const aed = (amount: string) => ({ amount, currency: 'AED' });

const product = (
  sku: string,
  name: string,
  nameAr: string | null,
  category: string,
  price: string | null,
  stock: number,
  active = true,
): ProductView => ({
  sku,
  name,
  nameAr,
  description: null,
  category,
  price: price === null ? null : aed(price),
  stock,
  unit: 'pcs',
  active,
  imageUrl: null,
  cardScore:
    nameAr === null
      ? { score: 64, reasons: [{ code: 'noArabic', points: 10, advice: 'Write the Arabic name.' }] }
      : { score: 92, reasons: [] },
  updatedAt: iso(Date.UTC(2026, 10, 20)),
});

export const products: readonly ProductView[] = [
  product(
    'CHR-ERG-210',
    'Forma 210 ergonomic chair, black mesh',
    'كرسي فورما 210 المريح، شبك أسود',
    'Ergonomic chairs',
    '845.00',
    34,
  ),
  product(
    'CHR-ERG-340',
    'Forma 340 ergonomic chair with headrest',
    'كرسي فورما 340 مع مسند رأس',
    'Ergonomic chairs',
    '1190.00',
    6,
  ),
  product('CHR-EXE-120', 'Consul 120 executive chair, leather', null, 'Executive chairs', '2450.00', 3),
  product(
    'DSK-HGT-160',
    'Lift 160 height-adjustable desk, oak',
    'مكتب ليفت 160 قابل لتعديل الارتفاع',
    'Desks',
    '1980.00',
    18,
  ),
  product(
    'TBL-MTG-240',
    'Forum 240 meeting table for eight',
    'طاولة اجتماعات فورم لثمانية أشخاص',
    'Meeting tables',
    '3650.00',
    0,
  ),
  product('STO-PED-003', 'Mobile pedestal, three drawers', null, 'Storage', '520.00', 71),
  product('SOF-RCP-201', 'Lobby 2-seat reception sofa, grey', null, 'Reception', null, 4),
  product('POD-ACO-001', 'Quiet 1 acoustic phone pod', null, 'Pods', '18900.00', 2, false),
];

export const makeArticles = (now: number): (typeof ArticleView.Type)[] => [
  {
    id: 'a1',
    kind: 'faq',
    title: 'How fast is delivery?',
    body: 'Items in stock are delivered in Dubai within 2-8 working days from confirmation. The exact date is confirmed by a manager after the order.',
    language: 'en',
    updatedAt: iso(now - 3 * HOUR),
  },
  {
    id: 'a2',
    kind: 'rule',
    title: 'Never promise a discount',
    body: 'Any discount beyond the approved segment table is a decision of a manager. Offer a fuller set or an alternative instead.',
    language: 'en',
    updatedAt: iso(now - 30 * HOUR),
  },
  {
    id: 'a3',
    kind: 'faq',
    title: 'ما مدة الضمان؟',
    body: 'تختلف مدة الضمان بحسب نوع المنتج، ويذكرها عرض السعر لكل صنف. يؤكد الزميل الشروط قبل الطلب.',
    language: 'ar',
    updatedAt: iso(now - 50 * HOUR),
  },
  {
    id: 'a4',
    kind: 'value',
    title: 'Fits furniture to the task',
    body: 'Treejar fits furniture to what a company does, from selection and layout drawings to installation.',
    language: 'en',
    updatedAt: iso(now - 200 * HOUR),
  },
];

export const makeCandidates = (): CandidateView[] => [
  {
    id: 'k1',
    conversationId: 'wz:main:971500000101',
    question: 'Do you take old desks away when you deliver new ones?',
    answer: 'Yes, for 60 AED a desk in Dubai, when it is agreed before the delivery on Tuesday.',
    language: 'en',
    proposedBy: 'Aisha Rahman',
    doubts: ['date', 'place'],
    at: '2026-11-22T08:00:00.000Z',
  },
];

export const makeDeadLetters = (now: number): (typeof DeadLetterView.Type)[] => [
  {
    id: 'd1',
    kind: 'command',
    conversationId: 'wz:main:971500000152',
    name: 'brief',
    reason: 'The catalog index did not answer in 5 s, 5 times. Check the vector store, then retry.',
    attempts: 5,
    parkedAt: iso(now - 6 * MINUTE),
  },
  {
    id: 'd2',
    kind: 'payload',
    conversationId: null,
    name: 'messages[2]',
    reason: 'A webhook item of unknown shape: messages[2].type is "interactive_list".',
    attempts: 1,
    parkedAt: iso(now - 5 * HOUR),
  },
];

/** A hit as the server gives it: described, of the kind asked for, one step below the one before. */
export const scored = <One>(one: One, index: number) => ({
  ...one,
  score: 0.93 - index * 0.07,
  match: 'text',
  why: {
    dense: 0.43,
    words: 0.5 - index * 0.07,
    kind: 'same',
    kindsAsked: ['chair'],
    filters: { maxPrice: null, categories: [], inStock: false },
  },
});
