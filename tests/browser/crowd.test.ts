/**
 * A big shop on the real server (`TEST_LONG=1`): five hundred conversations at sixty transitions a second for five
 * minutes, and a list of a hundred thousand that is scrolled to its end. What the browser did meanwhile is printed:
 * long tasks, frames, and its heap. `load.test.ts` is the short form, on a mock shop.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { phoneOf } from '../../tools/load/crowd.ts';
import { SHORT } from '../../tools/load/latencies.ts';
import { openStage, type Stage } from '../../tools/load/stage.ts';
import { fillConversations } from '../support/many-conversations.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { conversationOf, inbound, pause, until } from '../support/product.ts';
import { launchBrowser, type OpenPage, openSignedIn, skipReason, type Target } from './support.ts';

const reason = process.env.TEST_LONG === '1' ? skipReason() : 'TEST_LONG=1 runs it';

const LIVE = 500;
const RATE = 60;
const RUN_MS = Number(process.env.CROWD_MS ?? 300_000);
/** The run, and time for everybody to come before it on a busy machine. */
const TIMEOUT = { timeout: RUN_MS + 300_000 };
const MANY = 100_000;
/** Newcomers count among those the list holds, and wait behind the pill. */
const NEWCOMERS_MOST = 1000;
/** Of one chat that goes on, and of rows whose words change. */
const GROWTH_LIMIT_BYTES = 12 * 1024 * 1024;
/** A long task is one of 50 ms or more; together they may take this part of the run. */
const LONG_SHARE_LIMIT = 0.05;
/** A frame of 60 a second that came more than one late. */
const LATE_FRAME_MS = 34;
const QUICK = { DEBOUNCE_MS: '150', DEBOUNCE_MAX_MS: '1000', REPLY_DEADLINE_MS: '60000', LOG_LEVEL: 'warn' };

/** Webhooks that were not answered yet. */
const UNDER_WAY_MOST = 32;
const TEXTS = [
  'Do you have desks?',
  'And office chairs?',
  'How long is the warranty?',
  'Do you deliver to Sharjah?',
];

const WATCH = `
  window.seen = { tasks: [], frames: 0, late: 0 };
  new PerformanceObserver((list) => window.seen.tasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ entryTypes: ['longtask'] });
  let before = performance.now();
  const frame = (now) => {
    window.seen.frames += 1;
    if (now - before > ${LATE_FRAME_MS}) window.seen.late += 1;
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);`;

interface Seen {
  readonly tasks: readonly number[];
  readonly frames: number;
  readonly late: number;
}

const liveBytes = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

/** The heap after a collection, now and then while the page lives on. */
const heapEvery = (page: Page, ms: number): { readonly stop: () => Promise<readonly number[]> } => {
  const heaps: number[] = [];
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(async () => void heaps.push(await liveBytes(page)));
  }, ms);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      return heaps;
    },
  };
};

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

let db: TestDatabase;
let stage: Stage;
let browser: Browser;
let target: Target;
const opened: OpenPage[] = [];

const at = async (path: string, ready: string): Promise<Page> => {
  const open = await openSignedIn(browser, target);
  opened.push(open);
  await open.page.goto(`${target.baseUrl}${path}`);
  await open.page.locator(ready).first().waitFor();
  return open.page;
};

const numberOf = async (sql: string): Promise<number> =>
  (await db.pool.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
const transitions = () => numberOf('select count(*)::int as n from journal');

const writes = async (customer: number, text: string): Promise<void> => {
  const message = inbound(phoneOf(customer), text, { contact: { name: `Customer ${customer}` } });
  const { status } = await stage.product.webhook({ messages: [message] });
  expect(status).toBe(200);
};

/** Each of them says something and is answered. */
const everybodyComes = async (): Promise<void> => {
  for (let from = 0; from < LIVE; from += 25) {
    await Promise.all(Array.from({ length: 25 }, (_, n) => writes(from + n, 'Hello')));
  }
  await until(
    'everybody to be answered',
    async () =>
      (await numberOf(`select count(*)::int as n from conversation where last_from = 'bot'`)) === LIVE,
    240_000,
  );
};

/** Customers write, every tenth of them the one whose chat is open, as often as makes the rate. Transitions a second. */
const keepGoing = async (eachMakes: number): Promise<number> => {
  const began = performance.now();
  const before = await transitions();
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  let made = eachMakes;
  while (performance.now() - began < RUN_MS) {
    const one = writes(sent % 10 === 0 ? 0 : (sent * 83) % LIVE, TEXTS[sent % TEXTS.length] ?? '');
    underWay.add(one);
    const over = () => underWay.delete(one);
    one.then(over, over);
    sent += 1;
    if (underWay.size > UNDER_WAY_MOST) await Promise.race(underWay);
    if (sent % 20 === 0) made = Math.max(1, ((await transitions()) - before) / sent);
    const due = began + (sent * made * 1000) / RATE;
    await pause(Math.max(0, due - performance.now()));
  }
  await Promise.all(underWay);
  return (((await transitions()) - before) * 1000) / (performance.now() - began);
};

describe.skipIf(reason !== null)(`a crowd on the real server${reason === null ? '' : ` (${reason})`}`, () => {
  beforeAll(async () => {
    db = await testDatabase();
    stage = await openStage({ databaseUrl: db.url, vendors: SHORT, cores: null, env: QUICK });
    const link = await until('the sign-in link', () => /\?link=(\S+)/.exec(stage.product.output())?.[1]);
    target = { baseUrl: stage.product.url, link };
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const { context } of opened.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
    await db?.drop();
  });

  it('is followed live: the page keeps up, renders little, and its memory stays', TIMEOUT, async () => {
    await everybodyComes();
    const eachMakes = (await transitions()) / LIVE;
    const page = await at(
      `/admin/conversations/${encodeURIComponent(conversationOf(phoneOf(0)))}`,
      '.from-bot .bubble',
    );
    const before = await liveBytes(page);
    await page.evaluate(WATCH);
    const began = performance.now();
    const minutes = heapEvery(page, 60_000);
    const rate = await keepGoing(eachMakes);
    const heaps = await minutes.stop();
    const tookMs = performance.now() - began;
    const { tasks, frames, late } = await page.evaluate<Seen>('window.seen');
    const after = await liveBytes(page);
    const busyMs = tasks.reduce((sum, one) => sum + one, 0);
    tell(
      `crowd: ${LIVE} conversations, ${rate.toFixed(1)} transitions/s for ${Math.round(tookMs / 1000)} s; ` +
        `${tasks.length} long tasks, ${Math.round(busyMs)} ms together, the longest ${Math.round(Math.max(0, ...tasks))} ms; ` +
        `${frames} frames, ${late} over ${LATE_FRAME_MS} ms; heap ${[before, ...heaps, after].map(megabytes).join(', ')}`,
    );
    await writes(0, 'The very last');
    await page.locator('.from-customer .bubble', { hasText: 'The very last' }).waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(40);
    expect(rate).toBeGreaterThan(RATE * 0.8);
    expect(after - before).toBeLessThan(GROWTH_LIMIT_BYTES);
    expect(busyMs / tookMs).toBeLessThan(LONG_SHARE_LIMIT);
  });

  it(
    'is scrolled through, a hundred thousand rows: no jump, and nobody moves what is pointed at',
    TIMEOUT,
    async () => {
      await fillConversations(db.pool, MANY, Date.UTC(2025, 0, 1));
      const page = await at('/admin/conversations', '.row');
      const scroller = page.locator('.list-scroll');
      const before = await liveBytes(page);
      await page.evaluate(WATCH);
      const began = performance.now();
      const loaded = () => page.locator('.rows').evaluate((rows) => Math.round(rows.clientHeight / 64));
      const down = () => scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      let rows = await loaded();
      let pages = 0;
      while (rows < MANY - NEWCOMERS_MOST) {
        await down();
        await expect.poll(loaded, { timeout: 30_000, interval: 10 }).toBeGreaterThan(rows);
        rows = await loaded();
        pages += 1;
        if (pages % 100 === 50) await staysUnderThePointer(page);
      }
      const tookMs = performance.now() - began;
      const { tasks, frames, late } = await page.evaluate<Seen>('window.seen');
      tell(
        `scrolled: ${rows} rows in ${pages} pages, ${Math.round(tookMs / 1000)} s; ${tasks.length} long tasks, ` +
          `the longest ${Math.round(Math.max(0, ...tasks))} ms; ${frames} frames, ${late} over ${LATE_FRAME_MS} ms; ` +
          `heap ${megabytes(before)} to ${megabytes(await liveBytes(page))}`,
      );
      await staysUnderThePointer(page);
      expect(await page.locator('.row').count()).toBeLessThan(60);
      await scroller.evaluate((element) => element.scrollTo(0, 0));
      await page.locator('.list-pill').click();
      await expect.poll(() => page.locator('.row').first().textContent()).toContain('Customer');
    },
  );
});

let newcomer = LIVE;
/** Points at a row in the middle; somebody new comes; the row is the same and where it was. */
const staysUnderThePointer = async (page: Page): Promise<void> => {
  const row = page.locator('.row').nth(12);
  await row.hover();
  const id = await row.locator('[data-id]').getAttribute('data-id');
  const same = page.locator('.row', { has: page.locator(`[data-id="${id}"]`) });
  const place = await same.boundingBox();
  const pill = page.locator('.list-pill');
  const waiting = (await pill.count()) === 0 ? '' : await pill.textContent();
  await writes(newcomer, 'Is anybody there?');
  newcomer += 1;
  await expect
    .poll(async () => ((await pill.count()) === 0 ? '' : await pill.textContent()), { timeout: 30_000 })
    .not.toBe(waiting);
  expect(await same.boundingBox()).toEqual(place);
};
