/** So many customers at once: each plays a script with time to think; who is through leaves, and a new one comes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { holdingLine } from '../../machines/conversation/texts.ts';
import type { Range } from './latencies.ts';
import { between, type Random, seededRandom } from './random.ts';
import { wordsOf } from './scripts.ts';
import type { Stage } from './stage.ts';
import { newWebhookLog, postMessage, type WebhookLog } from './webhooks.ts';

export interface CrowdOptions {
  readonly dialogues: number;
  /** Nobody begins to write after it, ms; who waits for a reply waits on. */
  readonly forMs: number;
  /** The first customers come within this time, ms. */
  readonly arriveMs: number;
  /** Between a reply and what the customer says to it, ms. */
  readonly thinkMs: Range;
  /** Who has no reply by then says so in the report and goes, ms. */
  readonly patienceMs: number;
  readonly seed?: number;
}

/** One thing that a customer said, and what came of it. */
export interface Turn {
  readonly chatId: string;
  /** The webhook's first byte, ms since the epoch. */
  readonly saidAt: number;
  /** The first words at the customer's phone that were not a plea for patience; null: none in time. */
  readonly repliedAt: number | null;
}

export interface CrowdResult {
  readonly webhooks: WebhookLog;
  readonly turns: readonly Turn[];
  readonly customers: number;
  /** Lines that asked for patience. */
  readonly holdingLines: number;
}

const HOLDING: ReadonlySet<string> = new Set([holdingLine('en'), holdingLine('ar')]);
/** The vendor is said to repeat itself now and then (wire/01 §5.2). */
const REPEATED = 0.05;
const GIVE_UP_MS = 120_000;

/** Numbers of phones do not repeat within a run. */
export const phoneOf = (customer: number): string => `9715${String(20_000_000 + customer)}`;

export const playCrowd = async (stage: Stage, options: CrowdOptions, from = 0): Promise<CrowdResult> => {
  const random = seededRandom(options.seed ?? 7);
  const phones = watchPhones(stage);
  const webhooks = newWebhookLog();
  const turns: Turn[] = [];
  const endAt = performance.now() + options.forMs;
  let next = from;

  const think = () =>
    sleep(Math.min(between(random, options.thinkMs), Math.max(0, endAt - performance.now())));

  const oneCustomer = async (customer: number): Promise<void> => {
    const chatId = phoneOf(customer);
    for (const [index, text] of wordsOf(customer).entries()) {
      if (index > 0) await think();
      if (performance.now() > endAt) return;
      const turn = await sayAndWait(stage, phones, { chatId, text, webhooks, options, random });
      turns.push(turn);
      if (turn.repliedAt === null) return;
    }
  };
  const place = async (): Promise<void> => {
    await sleep(between(random, [0, options.arriveMs]));
    while (performance.now() < endAt) {
      await oneCustomer(next++);
      await think();
    }
  };
  await Promise.all(Array.from({ length: options.dialogues }, place));
  phones.stop();
  return { webhooks, turns, customers: next - from, holdingLines: phones.holdingLines() };
};

interface Saying {
  readonly chatId: string;
  readonly text: string;
  readonly webhooks: WebhookLog;
  readonly options: CrowdOptions;
  readonly random: Random;
}

const sayAndWait = async (stage: Stage, phones: Phones, saying: Saying): Promise<Turn> => {
  const { chatId, text, webhooks, options, random } = saying;
  const saidAt = Date.now();
  const reply = phones.nextReply(chatId, options.patienceMs);
  const post = { giveUpAfterMs: GIVE_UP_MS, repeated: REPEATED, random };
  const taken = await postMessage(stage.product, webhooks, chatId, text, post);
  return { chatId, saidAt, repliedAt: taken ? await reply : null };
};

interface Phones {
  /** Resolves when the business says something new to this customer; null when the patience ends. */
  readonly nextReply: (chatId: string, patienceMs: number) => Promise<number | null>;
  readonly holdingLines: () => number;
  readonly stop: () => void;
}

const watchPhones = ({ vendors }: Stage): Phones => {
  const { simulator } = vendors.wazzup;
  const waiting = new Map<string, { readonly known: number; readonly done: (at: number | null) => void }>();
  let holding = 0;
  const saidTo = (chatId: string) => {
    const sent = simulator.chat(chatId).filter(({ from }) => from === 'business');
    return sent.filter(({ text }) => !HOLDING.has(text));
  };
  const stop = simulator.onChange((chatId) => {
    const waiter = waiting.get(chatId);
    if (!waiter) return;
    const reply = saidTo(chatId)[waiter.known];
    if (reply) waiter.done(reply.at);
  });
  return {
    nextReply: (chatId, patienceMs) =>
      new Promise((resolve) => {
        const before = simulator.chat(chatId).length;
        const timer = setTimeout(() => done(null), patienceMs);
        const done = (at: number | null): void => {
          clearTimeout(timer);
          waiting.delete(chatId);
          holding += simulator
            .chat(chatId)
            .slice(before)
            .filter(({ text }) => HOLDING.has(text)).length;
          resolve(at);
        };
        waiting.set(chatId, { known: saidTo(chatId).length, done });
      }),
    holdingLines: () => holding,
    stop: () => void stop(),
  };
};
