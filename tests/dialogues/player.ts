/** Plays one dialogue at the wire: writes as the customer, waits for what comes back, and looks at what there is then. */
import { expect } from 'vitest';
import { conversationOf, inbound, pause, replies, until } from '../support/product.ts';
import { BREAKAGES, mendAll } from './breakages.ts';
import { faultsOf, isArabic } from './checks.ts';
import type { Act, Dialogue, Ending, Expected } from './dialogue.ts';
import type { Detail, Stage } from './stage.ts';

/** A reply under load may take long; nothing here is about speed. */
const PATIENCE_MS = 90_000;

/** Longer than it takes to see that the model was asked and to kill the process. */
const LONG_THOUGHT_MS = 5000;

/** A conversation that is not there yet has no state. */
const isThinking = ({ value }: Partial<Detail>): boolean =>
  JSON.stringify(value ?? null).includes('"thinking"');

export const playDialogue = (stage: Stage, script: Dialogue, phone: string): Promise<void> =>
  new Player(stage, script, phone).play();

class Player {
  private readonly stage: Stage;
  private readonly script: Dialogue;
  private readonly phone: string;
  private readonly said: string[] = [];
  private readonly told: string[] = [];
  /** Messages of the business that this dialogue accounts for, managers' included. */
  private seen = 0;
  private language: 'en' | 'ar' = 'en';

  constructor(stage: Stage, script: Dialogue, phone: string) {
    this.stage = stage;
    this.script = script;
    this.phone = phone;
  }

  async play(): Promise<void> {
    for (const act of this.script.acts) await this.perform(act);
    await this.settled();
    expect(this.outgoing().slice(this.seen), 'messages beyond the expected ones').toEqual([]);
    await this.ends(this.script.ending);
  }

  private outgoing(): readonly string[] {
    return replies(this.stage.doubles, this.phone).map((message) =>
      message.text === '' && message.contentUri ? `[${message.kind}]` : message.text,
    );
  }

  private async perform(act: Act): Promise<void> {
    switch (act.kind) {
      case 'says':
        // People read before they write: an answer that is still on its way out is another test's matter.
        if (this.told.length > 0) await this.settled();
        await this.writes(act.texts);
        return this.hears(act.reply);
      case 'unanswered':
        return this.writesInVain(act.text);
      case 'voice': {
        const contentUri = this.stage.voiceLink(act.sample);
        await this.simulator().customerWrites({ ...this.author(), kind: 'audio', contentUri });
        if (act.sample === 'arabic') this.language = 'ar';
        this.said.push(act.sample === 'arabic' || act.sample === 'english' ? '10' : '');
        return this.hears(act.reply);
      }
      case 'file':
        await this.simulator().customerWrites({
          ...this.author(),
          kind: act.what,
          ...(act.caption === '' ? {} : { text: act.caption }),
        });
        this.heard(act.caption);
        return this.hears(act.reply);
      case 'repeats':
        await this.simulator().customerWrites({ ...this.author(), text: act.text, times: act.times });
        this.heard(act.text);
        return this.hears(act.reply);
      case 'gets':
        return this.hears(act.reply);
      case 'orderMoves':
        return this.moveOrder(act.to);
      case 'breaks':
        return BREAKAGES[act.what](this.stage.doubles);
      case 'mends':
        return mendAll(this.stage.doubles);
      case 'crashes':
        return this.crash(act);
      default:
        return this.manage(act);
    }
  }

  private moveOrder(to: 'confirmed' | 'sent' | 'delivered'): void {
    const { number } = this.saleOrders().at(-1) ?? { number: '' };
    const { sales } = this.stage.doubles.zoho.state.inventory;
    if (to === 'confirmed') sales.setStatus(number, 'confirmed');
    else sales.ship(number, { isDelivered: to === 'delivered' });
  }

  private async crash({ text, reply }: Extract<Act, { kind: 'crashes' }>): Promise<void> {
    const { openrouter } = this.stage.doubles;
    const asked = openrouter.server.log.length;
    openrouter.setLatency(LONG_THOUGHT_MS);
    await this.writes([text]);
    await until('the model to be asked', async () => isThinking(await this.detail()), PATIENCE_MS);
    await this.stage.crash();
    openrouter.setLatency(0);
    await this.stage.start();
    await this.hears(reply);
    expect(openrouter.server.log.length, 'calls of the model').toBeGreaterThan(asked);
  }

  private async manage(
    act: Extract<Act, { kind: 'managerWrites' | 'takesOver' | 'givesBack' }>,
  ): Promise<void> {
    const id = conversationOf(this.phone);
    if (act.kind === 'givesBack') {
      const body = act.note === null ? {} : { note: act.note };
      expect((await this.stage.product.api('POST', `/conversations/${id}/release`, body)).status).toBe(200);
      if (act.reply) await this.hears(act.reply);
      return;
    }
    if (act.kind === 'takesOver') {
      expect((await this.stage.product.api('POST', `/conversations/${id}/take-over`)).status).toBe(200);
      return;
    }
    if (act.from === 'admin') {
      const body = { text: act.text };
      const answer = await this.stage.product.api('POST', `/conversations/${id}/messages`, body);
      expect(answer.status).toBe(200);
    } else {
      await this.simulator().managerWrites({ chatId: this.phone, text: act.text, from: act.from });
    }
    await until(
      'the manager’s words on the phone',
      () => this.outgoing()[this.seen] === act.text,
      PATIENCE_MS,
    );
    this.seen += 1;
    await this.recorded(act.text);
    expect((await this.detail()).owner, 'owner').toBe('manager');
  }

  /** `{email}` is an address of this dialogue alone: Inventory takes customers with one address for one. */
  private async writes(raw: readonly string[]): Promise<void> {
    const texts = raw.map((text) => text.replaceAll('{email}', this.email));
    for (const text of texts) this.heard(text);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) {
      await this.simulator().customerWrites({ ...this.author(), text: only });
      return;
    }
    const name = this.script.profile ?? this.phone;
    const now = Date.now();
    const messages = texts.map((text, index) =>
      inbound(this.phone, text, { contact: { name }, dateTime: new Date(now + index).toISOString() }),
    );
    expect((await this.stage.product.webhook({ messages })).status).toBe(200);
  }

  /** Recorded, and in the same commit decided that nothing is sent: what is not there then never comes. */
  private async writesInVain(text: string): Promise<void> {
    await this.writes([text]);
    await this.recorded(text);
    await pause(100);
    expect(this.outgoing().slice(this.seen), `an answer to "${text}"`).toEqual([]);
  }

  /** The transcript has it: every region has taken it in. */
  private recorded(text: string): Promise<unknown> {
    const path = `/conversations/${conversationOf(this.phone)}/messages?limit=200`;
    return until(
      `"${text}" to be recorded`,
      async () => {
        const { items } = (await this.stage.product.api('GET', path)).body;
        return items.some((message: { readonly text: string }) => message.text === text);
      },
      PATIENCE_MS,
    );
  }

  private async hears(expected: Expected): Promise<void> {
    const text = await until(
      `a reply to "${this.said.at(-1)}" in "${this.script.name}"`,
      () => this.outgoing()[this.seen],
      PATIENCE_MS,
    );
    this.seen += 1;
    const told = { text, index: this.told.length, said: this.said, before: this.told };
    const faults = faultsOf(told, expected, this.language);
    expect(faults, `to "${this.said.at(-1)}" it said:\n${text}\n`).toEqual([]);
    this.told.push(text);
  }

  private heard(text: string): void {
    this.said.push(text);
    if (isArabic(text)) this.language = 'ar';
    else if (/\p{Script=Latin}{3,}.*\p{Script=Latin}{2,}/u.test(text)) this.language = 'en';
  }

  private settled(): Promise<unknown> {
    return until('rest', async () => (await this.detail()).value.turn === 'idle', PATIENCE_MS);
  }

  private async ends(ending: Ending): Promise<void> {
    const detail = await this.detail();
    if (ending.owner) expect(detail.owner, 'owner').toBe(ending.owner);
    if (ending.language) expect(detail.language, 'language').toBe(ending.language);
    if (ending.lines) {
      expect(
        detail.order.lines.map(({ sku, quantity }) => [sku, quantity]),
        'order lines',
      ).toEqual(ending.lines);
    }
    const slots = Object.fromEntries(detail.customer.slots.map(({ slot, value }) => [slot, value]));
    for (const [slot, value] of Object.entries(ending.slots ?? {})) {
      if (value === '{email}') expect(slots[slot], slot).toBe(this.email);
      else if (value instanceof RegExp) expect(slots[slot], slot).toMatch(value);
      else expect(slots[slot], slot).toBe(value);
    }
    for (const slot of ending.absentSlots ?? []) expect(slots[slot], slot).toBeUndefined();
    if (ending.alerts) {
      await until('the alerts', async () => (await this.alerts()).length >= (ending.alerts?.length ?? 0));
      expect(await this.alerts(), 'alerts').toEqual(ending.alerts);
    }
    if (ending.contacts !== undefined) await this.hasContacts(ending.contacts);
    if (ending.saleOrders !== undefined) {
      expect(this.saleOrders(), 'sale orders in Inventory').toHaveLength(ending.saleOrders);
    }
  }

  private async hasContacts(count: number): Promise<void> {
    const path = `/crm/contacts?phone=%2B${this.phone}`;
    await until(
      'the CRM',
      async () => (await this.stage.product.api('GET', path)).body.items.length >= count,
    );
    expect((await this.stage.product.api('GET', path)).body.items, 'contacts').toHaveLength(count);
  }

  private saleOrders(): readonly { readonly number: string }[] {
    const { orders } = this.stage.doubles.zoho.state.inventory.sales;
    const digits = this.phone.slice(-9);
    return [...orders.values()].filter(({ contact }) => JSON.stringify(contact.persons).includes(digits));
  }

  private get email(): string {
    return `buyer-${this.phone}@acme.example`;
  }

  private detail = () => this.stage.detail(this.phone);
  private alerts = () => this.stage.alerts(this.phone);
  private simulator = () => this.stage.doubles.wazzup.simulator;
  private author = () => ({
    chatId: this.phone,
    ...(this.script.profile === undefined ? {} : { name: this.script.profile }),
  });
}
