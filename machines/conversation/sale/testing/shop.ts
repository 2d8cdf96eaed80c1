/** A shop as the tests of the sale see it: the machine's driver with a customer, tools and an Inventory. */
import { expect } from 'vitest';
import type { CreateQuoteInput } from '../../actors.ts';
import type { EvidenceProduct } from '../../context.ts';
import { CHAIR, Driver, TIMING } from '../../testing/driver.ts';

export const DESK: EvidenceProduct = {
  ...CHAIR,
  sku: 'DK-100',
  name: 'Desk 100',
  nameAr: 'مكتب 100',
  price: '900.00',
};
export const PAPER = {
  file: { path: 'quotes/q.pdf', name: 'Quotation-TJ-1-R1.pdf', kind: 'document' },
  bytes: 10,
  sha256: 'x',
  grandTotal: '945.00',
  validUntil: '2026-01-30',
};
export const DETAILS = {
  name: 'Omar',
  company: 'Falcon Trading',
  email: 'omar@falcon.test',
  address: 'Office 1203, Bay Square 4, Dubai',
};

/** Customers, tools and Inventory as a test sees them. */
export class Shop extends Driver {
  /** One turn up to the model's first call. */
  asks(text: string): void {
    this.says(text);
    this.settleCustomer();
    this.wait(TIMING.debounceMs);
    this.brief();
  }

  tool(name: string, args: object = {}): void {
    this.thinks(null, [{ name, args }]);
  }

  selects(product: EvidenceProduct, quantity: number): void {
    this.tool('set_selection', { items: [{ sku: product.sku, quantity }] });
    this.priced(product, quantity);
  }

  priced(product: EvidenceProduct, quantity: number): void {
    const price = product.price ?? '0';
    const lineTotal = (Number(price) * quantity).toFixed(2);
    const { sku, name, currency } = product;
    this.toolResult({
      tool: 'selection',
      products: [product],
      lines: [{ sku, name, quantity, unitPrice: price, lineTotal, currency }],
    });
  }

  toolResult(result: object): void {
    const { calls } = this.child('useTools').input as { calls: readonly { id: string; name: string }[] };
    this.done('useTools', { results: calls.map(({ id, name }) => ({ id, name, result })) });
  }

  answers(text: string): void {
    this.thinks(text);
    this.flush();
  }

  /** Every message that waits is sent. */
  flush(): void {
    while (this.running('sendMessage')) this.sent(`p${this.context.outboundCount}-${this.children.size}`);
  }

  get offered(): readonly string[] {
    return this.prompt.tools.map((tool) => tool.function.name);
  }

  get told(): string {
    return this.prompt.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content)
      .join('\n');
  }

  get lastAnswer(): Record<string, unknown> {
    const last = this.prompt.messages.filter(({ role }) => role === 'tool').at(-1);
    return JSON.parse(last?.content ?? '{}');
  }

  get order(): CreateQuoteInput {
    return this.child('createQuote').input as CreateQuoteInput;
  }

  made(number = 'TJ-1'): void {
    const { revision } = this.order;
    this.done('createQuote', { kind: 'created', number, orderId: '1', customerId: '2', revision });
  }

  drawn(): void {
    this.done('renderQuote', PAPER);
  }

  /** Two chairs with all details, and a wish for a quotation: up to the order in Inventory. */
  wantsQuote(): void {
    this.asks(
      'Two CH-616 with a quotation please: Omar, Falcon Trading, omar@falcon.test, Office 1203 Bay Square 4',
    );
    this.selects(CHAIR, 2);
    this.tool('update_customer', DETAILS);
    this.tool('request_quote');
  }

  quoted(): void {
    this.wantsQuote();
    this.flush();
    this.made();
    this.drawn();
    this.flush();
  }
}

export const quoted = (): Shop => {
  const chat = new Shop();
  chat.quoted();
  expect(chat.in('order.quoted.asked')).toBe(true);
  return chat;
};
