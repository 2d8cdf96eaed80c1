/** Photographs each page, light and dark, Arabic, and at phone width: `node tests/browser/screenshots.ts [folder]`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startMockServer } from './mock-server.ts';
import { buildAdmin, launchBrowser, openPage, openSignedIn, realTarget, type Target } from './support.ts';

const LAYLA = 'wz:main:971500000101';
const NASSER = 'wz:main:971500000104';
const GRACE = 'wz:main:971500000123';
const SHUT = 'wz:main:971500000131';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  readonly prepare?: (page: Page) => Promise<void>;
  /** A phone has no room for it. */
  readonly wideOnly?: boolean;
}

const conversation = (id: string): string => `/admin/conversations/${encodeURIComponent(id)}`;

const why = async (page: Page): Promise<void> => {
  await page.locator('.from-bot .bubble').last().hover();
  await page.locator('.from-bot .why').last().click();
  await page.locator('.step-details').first().waitFor();
};

const statechart = async (page: Page): Promise<void> => {
  // On a phone the steps are there, behind the chat.
  await page.locator('.step').first().waitFor({ state: 'attached' });
  await page.keyboard.press('m');
  await page.locator('.chart-state.is-current').first().waitFor();
};

const replay = async (page: Page): Promise<void> => {
  await statechart(page);
  await page.keyboard.press('y');
  await page.locator('.replay').waitFor();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('[');
};

const memory = async (page: Page): Promise<void> => {
  await replay(page);
  await page.keyboard.press('m');
  await page.locator('.memory-area').first().waitFor();
};

const openReport = async (page: Page): Promise<void> => {
  await page.locator('.report-open').first().click();
  await page.locator('.report-tiles').waitFor();
};

const review = async (page: Page): Promise<void> => {
  await page.locator('.table .link-button').first().click();
  await page.locator('.quality-quotes').first().waitFor();
};

const SHOTS: readonly Shot[] = [
  { name: 'list', path: '/admin/conversations', ready: '.row' },
  { name: 'conversation', path: conversation(LAYLA), ready: '.bubble' },
  { name: 'why', path: conversation(LAYLA), ready: '.bubble', prepare: why },
  { name: 'statechart', path: conversation(LAYLA), ready: '.bubble', prepare: statechart, wideOnly: true },
  { name: 'replay', path: conversation(LAYLA), ready: '.bubble', prepare: replay, wideOnly: true },
  { name: 'memory', path: conversation(LAYLA), ready: '.bubble', prepare: memory, wideOnly: true },
  { name: 'arabic-chat', path: conversation(NASSER), ready: '.bubble' },
  { name: 'manager', path: conversation(GRACE), ready: '.bubble' },
  { name: 'window-shut', path: conversation(SHUT), ready: '.window-shut' },
  { name: 'overview', path: '/admin/overview', ready: '.metric' },
  {
    name: 'overview-behind',
    path: '/admin/overview',
    ready: '.metric',
    prepare: async (page) => {
      await page.locator('[data-metric="conversations"]').click();
      await page.locator('.behind tbody tr').first().waitFor();
    },
  },
  { name: 'prompts', path: '/admin/prompts', ready: '.prompt-editor' },
  {
    name: 'prompt-trial',
    path: '/admin/prompts',
    ready: '.prompt-editor',
    prepare: async (page) => {
      const field = page.locator('.prompt-editor textarea');
      await field.fill(`${await field.inputValue()}\nOffer a sample visit to the showroom.`);
      await page.locator('.trial-ask button').click();
      await page.locator('.trial-verdict').waitFor();
    },
  },
  { name: 'queues', path: '/admin/queues', ready: '.letter' },
  {
    name: 'follow-ups',
    path: '/admin/queues',
    ready: '.letter',
    prepare: async (page) => {
      await page.locator('[role=tab]').nth(1).click();
      await page.locator('.touch-text').first().waitFor();
    },
  },
  { name: 'settings', path: '/admin/settings', ready: '.setting' },
  { name: 'people', path: '/admin/people', ready: '.table' },
  { name: 'products', path: '/admin/products', ready: '.table' },
  { name: 'knowledge', path: '/admin/knowledge', ready: '.article' },
  { name: 'machine', path: '/admin/machine', ready: '.heat-now' },
  { name: 'operations', path: '/admin/operations', ready: '.ops-vendors' },
  { name: 'quality', path: '/admin/quality', ready: '.quality-score' },
  { name: 'review', path: '/admin/quality', ready: '.quality-score', prepare: review },
  { name: 'reports', path: '/admin/reports', ready: '.report-open', prepare: openReport },
  { name: 'phones', path: '/admin/phones', ready: '.phone' },
];

interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly locale: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

const LOOKS: readonly Look[] = [
  { name: 'light', colorScheme: 'light', locale: 'en-GB', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', locale: 'en-GB', viewport: { width: 1440, height: 900 } },
  { name: 'arabic', colorScheme: 'light', locale: 'ar-AE', viewport: { width: 1440, height: 900 } },
  { name: 'phone', colorScheme: 'light', locale: 'en-GB', viewport: { width: 390, height: 844 } },
];

/** Below it the admin shows one pane at a time (px; the stylesheet says the same). */
const PHONE_WIDTH = 760;

const photograph = async (browser: Browser, target: Target, look: Look, folder: string): Promise<void> => {
  const { locale, colorScheme, viewport } = look;
  const options = { locale, colorScheme, viewport };
  const signIn = await openPage(browser, { baseUrl: target.baseUrl }, options);
  await signIn.page.locator('.sign-in-card').waitFor();
  await signIn.page.screenshot({ path: join(folder, `${look.name}-sign-in.png`) });
  await signIn.context.close();
  const { page, context } = await openSignedIn(browser, target, options);
  for (const shot of SHOTS.filter(({ name }) => wanted.size === 0 || wanted.has(name))) {
    if (shot.wideOnly === true && viewport.width < PHONE_WIDTH) continue;
    await page.goto(`${target.baseUrl}${shot.path}`);
    await page.locator(shot.ready).first().waitFor();
    await shot.prepare?.(page);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${look.name}-${shot.name}.png`) });
  }
  await context.close();
};

const folder = process.argv[2] ?? '.cache/screenshots';
/** Only these pages, when named after the folder. */
const wanted = new Set(process.argv.slice(3));
await mkdir(folder, { recursive: true });
await buildAdmin();
const real = realTarget();
const mock = real === null ? await startMockServer() : null;
if (mock !== null) {
  mock.phones.add(
    '971500000101',
    { from: 'customer', text: 'Hi, do you sell office chairs?' },
    'Layla Haddad',
  );
  mock.phones.add('971500000101', {
    from: 'business',
    author: 'api',
    text: 'Hello! I am Noor from Treejar. Yes, we supply ergonomic, task and executive chairs.',
  });
  mock.phones.add('971500000104', { from: 'customer', text: 'السلام عليكم، أحتاج 10 كراسي' }, 'ناصر الكعبي');
  mock.phones.add('971500000104', { from: 'business', author: 'manager', text: 'وعليكم السلام، معك عائشة' });
}
const target = real ?? { baseUrl: mock?.url ?? '' };
const browser = await launchBrowser();
for (const look of LOOKS) await photograph(browser, target, look, folder);
await browser.close();
await mock?.close();
process.stdout.write(`The pictures are in ${folder}\n`);
