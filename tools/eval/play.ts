/** Plays one customer against the product at the wire, and reads at the vendors what came of it. */
import { conversationOf, pause, replies, until } from '../../tests/support/product.ts';
import { type CustomerState, nextWords, START } from './customer.ts';
import type { Persona } from './persona.ts';
import type { Played, Turn } from './rules.ts';
import type { Stage } from './stage.ts';

/** A turn that takes longer got no answer: a real model may think for long, and the rule of time is another one. */
const PATIENCE_MS = 60_000;
/** Turns after which a customer gives up, whatever is left of the script (G10). */
const MAX_TURNS = 12;
/** A paper follows its announcement: the chat is at rest when nothing came for so long. */
const QUIET_MS = 250;

interface Detail {
  readonly owner: string;
  readonly value: { readonly turn: unknown };
  readonly customer: { readonly slots: readonly { readonly slot: string; readonly value: string }[] };
  readonly order: { readonly lines: readonly { readonly sku: string; readonly quantity: number }[] };
}

const detailOf = async (stage: Stage, phone: string): Promise<Detail> =>
  (await stage.product.api('GET', `/conversations/${conversationOf(phone)}`)).body;

const outgoing = (stage: Stage, phone: string): readonly string[] =>
  replies(stage.doubles, phone).map((message) =>
    message.text === '' && message.contentUri ? `[${message.kind}]` : message.text,
  );

const isAtRest = ({ value }: Detail): boolean =>
  value.turn === 'idle' && !JSON.stringify(value).includes('quoting');

/** Everything that came since, when nothing more comes; empty when there was no answer. */
const hear = async (stage: Stage, phone: string, seen: number, wroteAt: number): Promise<Turn> => {
  const first = await until(
    'an answer',
    () => outgoing(stage, phone).length > seen && performance.now() - wroteAt,
    PATIENCE_MS,
  ).catch(() => null);
  if (first === null) return { customer: '', replies: [], answeredMs: null };
  let count = 0;
  await until(
    'rest',
    async () => {
      if (!isAtRest(await detailOf(stage, phone))) return false;
      const now = outgoing(stage, phone).length;
      const isQuiet = now === count;
      count = now;
      if (!isQuiet) await pause(QUIET_MS);
      return isQuiet;
    },
    PATIENCE_MS,
  );
  return { customer: '', replies: outgoing(stage, phone).slice(seen), answeredMs: first };
};

const talk = async (stage: Stage, persona: Persona, phone: string) => {
  const turns: Turn[] = [];
  let state: CustomerState = START;
  let reply: string | null = null;
  let seen = 0;
  while (turns.length < MAX_TURNS) {
    const next = nextWords(persona, state, reply);
    state = next.state;
    if (next.words === null) break;
    const customer = next.words.replaceAll('{email}', `buyer-${phone}@acme.example`);
    const wroteAt = performance.now();
    await stage.doubles.wazzup.simulator.customerWrites({ chatId: phone, text: customer });
    const turn = await hear(stage, phone, seen, wroteAt);
    turns.push({ ...turn, customer });
    seen += turn.replies.length;
    reply = turn.replies.join('\n');
    if (turn.answeredMs === null || (await detailOf(stage, phone)).owner === 'waiting') break;
  }
  return { turns, askedAgain: state.askedAgain };
};

/** Contacts are written behind the customer's back: they are waited for as any other effect. */
const contactsOf = async (stage: Stage, phone: string): Promise<number> => {
  const count = async () =>
    (await stage.product.api('GET', `/crm/contacts?phone=%2B${phone}`)).body.items?.length ?? 0;
  await until('a contact', async () => (await count()) > 0, PATIENCE_MS).catch(() => null);
  return count();
};

const saleOrdersOf = ({ doubles }: Stage, phone: string): number => {
  const digits = phone.slice(-9);
  return [...doubles.zoho.state.inventory.sales.orders.values()].filter(({ contact }) =>
    JSON.stringify(contact.persons).includes(digits),
  ).length;
};

const SPENT_SQL = `select count(*)::int as calls, case when count(*) = count(cost_usd) then coalesce(sum(cost_usd), 0)::text end
    as usd from model_call where conversation_id = $1 and job = 'dialogue'`;
const ALERTS_SQL = `select trigger_number from alert where conversation_id = $1 and trigger_number is not null
  order by at, alert_id`;

/**
 * A greeting that nobody scores: the first turn of a process compiles and connects, which no customer of a shop waits for
 * and which would be taken for the version's slowness.
 */
export const warmUp = async (stage: Stage, phone: string): Promise<void> => {
  await stage.doubles.wazzup.simulator.customerWrites({ chatId: phone, text: 'Hello' });
  await hear(stage, phone, 0, performance.now());
};

/** `phone`: digits, of this dialogue alone. */
export const playPersona = async (
  stage: Stage,
  persona: Persona,
  phone: string,
  repeat: number,
): Promise<Played> => {
  const { turns, askedAgain } = await talk(stage, persona, phone);
  const contacts = await contactsOf(stage, phone);
  const id = conversationOf(phone);
  const detail = await detailOf(stage, phone);
  const spent = await stage.pool.query<{ calls: number; usd: string | null }>(SPENT_SQL, [id]);
  const alerts = await stage.pool.query<{ trigger_number: number }>(ALERTS_SQL, [id]);
  return {
    persona: persona.id,
    repeat,
    turns,
    owner: detail.owner,
    lines: detail.order.lines.map(({ sku, quantity }) => [sku, quantity] as const),
    known: Object.fromEntries(detail.customer.slots.map(({ slot, value }) => [slot, value])),
    saleOrders: saleOrdersOf(stage, phone),
    contacts,
    triggers: alerts.rows.map((row) => row.trigger_number),
    askedAgain,
    modelCalls: spent.rows[0]?.calls ?? 0,
    costUsd: spent.rows[0]?.usd ?? null,
  };
};
