/** One browser and one mock shop for a file of tests; each test gets a fresh profile. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type MockServer, startMockServer } from './mock-server.ts';
import { launchBrowser, type OpenOptions, type OpenPage, openPage, openSignedIn } from './support.ts';

export interface Stage {
  readonly browser: () => Browser;
  readonly mock: () => MockServer;
  readonly signedIn: (options?: OpenOptions) => Promise<OpenPage>;
  readonly signedOut: (options?: OpenOptions) => Promise<OpenPage>;
}

/** Call inside `describe`; the shop is new for each test, the browser and the build are shared. */
export const useStage = (args: readonly string[] = []): Stage => {
  let browser: Browser | null = null;
  let mock: MockServer | null = null;
  const opened: OpenPage[] = [];
  beforeAll(async () => {
    browser = await launchBrowser(args);
  });
  beforeEach(async () => {
    mock = await startMockServer();
  });
  afterEach(async () => {
    for (const { context } of opened.splice(0)) await context.close();
    await mock?.close();
  });
  afterAll(() => browser?.close());
  const theBrowser = (): Browser => {
    if (browser === null) throw new Error('the browser is there only while tests run');
    return browser;
  };
  const theMock = (): MockServer => {
    if (mock === null) throw new Error('the mock shop is there only while a test runs');
    return mock;
  };
  const keep = async (page: Promise<OpenPage>): Promise<OpenPage> => {
    const open = await page;
    opened.push(open);
    return open;
  };
  return {
    browser: theBrowser,
    mock: theMock,
    signedIn: (options) => keep(openSignedIn(theBrowser(), { baseUrl: theMock().url }, options)),
    signedOut: (options) => keep(openPage(theBrowser(), { baseUrl: theMock().url }, options)),
  };
};

export const LAYLA = 'wz:main:971500000101';
export const NASSER = 'wz:main:971500000104';
export const OMAR = 'wz:main:971500000117';
export const GRACE = 'wz:main:971500000123';
export const SHUT = 'wz:main:971500000131';

export const pathOf = (id: string): string => `/admin/conversations/${encodeURIComponent(id)}`;
