/** The whole product as a process of its own, with doubles for the vendors, and messages as Wazzup posts them. */
import { readFileSync } from 'node:fs';
import {
  CHANNEL,
  type Doubles,
  type Product,
  SECRET,
  startDoubles,
  startProduct,
} from '../tests/support/product.ts';
import { textOf } from './workload.ts';

export interface Shop {
  readonly product: Product;
  /** Resident bytes of the process; 0 where there is no /proc. */
  readonly residentBytes: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * Customers write and no turn begins: the quiet time that ends a burst (a minute, at most five from
 * its first message) is longer than the benchmark, so that vendors and models are not what is measured.
 */
const NO_TURNS = {
  // A second less than what counts as a long timer: at the usual 1.5 s no message makes a job of its quiet time either.
  DEBOUNCE_MS: '59000',
  DEBOUNCE_MAX_MS: '300000',
  REPLY_DEADLINE_MS: '120000',
  LOG_LEVEL: 'error',
  STATELY_INSPECT: '',
};

export const openShop = async (
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Shop> => {
  const doubles: Doubles = await startDoubles();
  const product = await startProduct({ databaseUrl, env: { ...doubles.env, ...NO_TURNS, ...env } });
  return {
    product,
    residentBytes: () => residentBytes(product.child.pid ?? 0),
    stop: async () => {
      await product.stop();
      await doubles.close();
    },
  };
};

const residentBytes = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // another system, or it has ended
  }
};

export const WEBHOOK_PATH = '/api/v1/webhook/wazzup';
export const WEBHOOK_HEADERS = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' };

const phoneOf = (customer: number): string => `1555${String(1_000_000 + customer)}`;

export const conversationOf = (customer: number): string => `wz:${CHANNEL}:${phoneOf(customer)}`;

/** Message `i` of a flood over so many customers; about 600 bytes. */
export const webhookOf = (i: number, customers: number, at: number): string =>
  JSON.stringify({
    messages: [
      {
        messageId: `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`,
        channelId: CHANNEL,
        chatType: 'whatsapp',
        chatId: phoneOf(i % customers),
        dateTime: new Date(at).toISOString(),
        type: 'text',
        status: 'inbound',
        isEcho: false,
        contact: { name: `Customer ${i % customers}` },
        text: textOf(i),
      },
    ],
  });
