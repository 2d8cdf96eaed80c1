/** Scripted customers: who they are, what they know, what they want, and how they talk. Data only. */

export type Language = 'en' | 'ar';

/** `brief` answers with bare facts, one at a time; `chatty` in sentences, all at once; `impatient` presses. */
export type Temper = 'brief' | 'chatty' | 'impatient';

/** What a customer can be asked for. */
export type Fact = 'name' | 'company' | 'email' | 'address';
export const FACTS: readonly Fact[] = ['name', 'company', 'email', 'address'];

export interface Wanted {
  /** Who has the chat in the end. */
  readonly owner: 'bot' | 'waiting';
  /** What stands in the order; absent: it is not looked at. */
  readonly lines?: readonly (readonly [sku: string, quantity: number])[];
  /** Sale orders in Inventory. */
  readonly saleOrders: number;
  /** A PDF was sent. */
  readonly document: boolean;
  /** Trigger numbers of alerts, in order (domain 8.1). */
  readonly triggers: readonly number[];
  /** What some reply must hold: the fact that was asked for. */
  readonly told: readonly (string | RegExp)[];
  /** Facts that must be known of the customer. */
  readonly known: readonly Fact[];
}

export interface Persona {
  /** Names the pair in a comparison; never changes. */
  readonly id: string;
  readonly language: Language;
  readonly temper: Temper;
  /** `{email}` stands for an address of this dialogue alone. */
  readonly facts: Readonly<Partial<Record<Fact, string>>>;
  /** Said one after the other; a question of the assistant that the customer can answer is answered first. */
  readonly says: readonly string[];
  readonly wants: Wanted;
}

const NOTHING: Wanted = {
  owner: 'bot',
  saleOrders: 0,
  document: false,
  triggers: [],
  told: [],
  known: [],
};

/** What is left out is not wanted: no order, no document, no alert. */
export const wants = (given: Partial<Wanted>): Wanted => ({ ...NOTHING, ...given });
