/** What is said about the quotation, the order, photos and the end of a dialogue, from what the tools answered. */
import type { PhraseName } from './phrases.ts';
import { detailsQuestion, missingIn } from './quotation.ts';
import type { Outcome } from './results.ts';
import type { Scene } from './scene.ts';

export interface Said {
  readonly phrases: readonly PhraseName[];
  /** Lines under the first phrase. */
  readonly lines: readonly string[];
  /** A question in words of its own, or one of ours. */
  readonly question: string | null;
  readonly ask: PhraseName | null;
}

const said = (phrases: readonly PhraseName[], more: Partial<Said> = {}): Said => ({
  phrases,
  lines: [],
  question: null,
  ask: null,
  ...more,
});

/** What a wanted quotation lacks is asked for, unless the customer was asked and speaks of something else. */
export const pendingQuote = (scene: Scene): string | null =>
  scene.quoting || scene.offQuotation ? null : detailsQuestion(scene.missing, scene.language, scene.replies);

/** Null: the tool is none of these. */
export const saidAbout = (scene: Scene, outcome: Outcome): Said | null => {
  switch (outcome.name) {
    case 'request_quote':
      return aboutQuote(scene, outcome);
    case 'answer_quote':
      return aboutAnswer(outcome);
    case 'order_status':
      return aboutOrders(outcome);
    case 'send_photos':
      return said([outcome.ok ? 'photos' : 'noPhotos']);
    case 'opt_out':
      return said([outcome.ok ? 'silence' : 'notNow']);
    case 'agree_next_contact':
      return said([outcome.ok ? 'nextContact' : 'notNow']);
    case 'close_conversation':
      return said(['farewell']);
    case 'referral_code':
      return outcome.ok ? said(['referralCode'], { lines: [`- ${codeOf(outcome)}`] }) : said(['notNow']);
    case 'use_referral_code':
      return outcome.ok ? said(['codeUsed']) : said(['codeRefused']);
    case 'record_feedback':
      return outcome.ok ? said(['feedback']) : null;
    default:
      return null;
  }
};

const aboutQuote = (scene: Scene, outcome: Outcome): Said | null => {
  if (outcome.ok || scene.quoting) return said(['quoteReady']);
  // The prompt is newer than the answer of the tool.
  const missing = scene.missing.length > 0 ? scene.missing : missingIn(outcome);
  if (missing.some((piece) => /items/i.test(piece)) && scene.selection.length === 0)
    return said([], { ask: 'quoteNeedsItems' });
  const question = detailsQuestion(missing, scene.language, scene.replies);
  return question === null ? said(['alerted']) : said([], { question });
};

const aboutAnswer = ({ ok, args }: Outcome): Said | null => {
  if (!ok) return null;
  switch (args.answer) {
    case 'declined':
    case 'later':
      return said(['quoteRefused']);
    case 'accepted':
      return said(['quoteApproved']);
    case 'rejected':
      return said(['quoteRejected'], { ask: 'askWhatSuits' });
    default:
      return null;
  }
};

const codeOf = ({ data }: Outcome): string => text(((data ?? {}) as { readonly code?: unknown }).code);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const aboutOrders = ({ ok, data }: Outcome): Said => {
  const { orders } = (data ?? {}) as { readonly orders?: unknown };
  if (!ok || !Array.isArray(orders)) return said(['orderUnknown']);
  if (orders.length === 0) return said(['noOrder']);
  const lines = orders.map((order: Readonly<Record<string, unknown>>) => {
    const parts = [order.status, order.shipmentDate, order.deliveryMethod, order.payment].map(text);
    return `- ${text(order.number)}: ${parts.filter((part) => part !== '').join(', ')}`;
  });
  return said(['orders'], { lines });
};
