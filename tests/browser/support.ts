/**
 * What browser tests share: Chromium when there is one, the built admin, a signed-in page, accessibility checks. The
 * server is the mock, or the real one when `TREEJAR_ADMIN_URL` (and a one-time `TREEJAR_ADMIN_LINK`) is given.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { build } from 'vite';
import { MOCK_EMAIL, MOCK_PASSWORD } from './mock/routes.ts';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium's path: `CHROMIUM_PATH`, or where Debian and others put it; null when there is none. */
export const chromiumPath = (): string | null =>
  [process.env.CHROMIUM_PATH, ...CANDIDATES].find((path) => path !== undefined && existsSync(path)) ?? null;

/** Why the browser tests cannot run here; null when they can. */
export const skipReason = (): string | null =>
  chromiumPath() === null ? 'no Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH' : null;

/** `args`: Chromium's own switches, such as a microphone that is none. */
export const launchBrowser = (args: readonly string[] = []): Promise<Browser> => {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(skipReason() ?? 'no Chromium');
  return chromium.launch({ executablePath, args: [...args] });
};

const CONFIG = fileURLToPath(new URL('../../admin/vite.config.ts', import.meta.url));
let built: Promise<unknown> | null = null;

/** Builds `dist/admin` once a process. */
export const buildAdmin = async (): Promise<void> => {
  built ??= build({ configFile: CONFIG, logLevel: 'warn' });
  await built;
};

export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** A one-time sign-in link's token; without it, the mock's password is used. */
  readonly link?: string;
}

/** The real server, when the environment names one. */
export const realTarget = (): Target | null => {
  const baseUrl = process.env.TREEJAR_ADMIN_URL?.replace(/\/$/, '');
  const link = process.env.TREEJAR_ADMIN_LINK;
  if (baseUrl === undefined || baseUrl === '') return null;
  return link === undefined || link === '' ? { baseUrl } : { baseUrl, link };
};

/** Longer than any step of the admin takes on a busy machine. */
const PATIENCE_MS = 30_000;

export interface OpenOptions extends BrowserContextOptions {
  readonly locale?: string;
}

/** Problems the page reported: errors, and what the content security policy refused. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Failed requests are the tests' own doing (401 before sign-in, 503 on purpose).
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  return complaints;
};

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

/** A fresh browser profile at the sign-in page. */
export const openPage = async (
  browser: Browser,
  target: Target,
  options: OpenOptions = {},
): Promise<OpenPage> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = complaintsOf(page);
  await page.goto(`${target.baseUrl}/admin/${target.link === undefined ? '' : `?link=${target.link}`}`);
  return { page, context, complaints };
};

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
/** A one-time link works once: later profiles start with the cookie it gave. */
const states = new Map<string, State>();

/** A fresh profile, signed in, on the list of conversations, which has arrived. */
export const openSignedIn = async (
  browser: Browser,
  target: Target,
  options: OpenOptions = {},
): Promise<OpenPage> => {
  const known = target.link === undefined ? undefined : states.get(target.link);
  const opened =
    known === undefined
      ? await openPage(browser, target, options)
      : await openPage(browser, { baseUrl: target.baseUrl }, { ...options, storageState: known });
  const { page } = opened;
  if (target.link === undefined) {
    await page.locator('input[type=email]').fill(MOCK_EMAIL);
    await page.locator('input[type=password]').fill(MOCK_PASSWORD);
    await page.locator('form button[type=submit]').click();
  }
  await page.locator('.list[aria-busy=false]').waitFor();
  if (target.link !== undefined) states.set(target.link, await opened.context.storageState());
  return opened;
};

/** Serious and critical findings of axe (of these rules, or of all), as readable lines; empty is what a page must be. */
export const seriousFindings = async (
  page: Page,
  rules: readonly string[] = [],
): Promise<readonly string[]> => {
  // A running animation is caught half-transparent and read as poor contrast.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity).map(a => a.finished))',
  );
  // Only what is wrong is asked for: half the work.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary ?? ''})`),
    );
};

/** Waits until the check holds, for facts that no locator can tell. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 5000,
): Promise<void> => {
  const deadline = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
