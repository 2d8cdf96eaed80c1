/**
 * Photographs each page, light and dark, Arabic, and at phone width; and each page empty, failing, and cut off:
 * `node tests/browser/screenshots.ts [folder] [page…]`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type MockServer, startMockServer } from './mock-server.ts';
import { PLACES, SHOTS } from './shots.ts';
import { buildAdmin, launchBrowser, openPage, openSignedIn, realTarget, type Target } from './support.ts';

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

/** What moves has come to rest, ms. */
const REST_MS = 400;

const folder = process.argv[2] ?? '.cache/screenshots';
/** Only these, when named after the folder: `machine` is the page in every look, `light-machine` one picture. */
const wanted = new Set(process.argv.slice(3));
const isWanted = (look: string, name: string): boolean =>
  wanted.size === 0 || wanted.has(name) || wanted.has(`${look}-${name}`);

const shoot = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(REST_MS);
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

const photograph = async (browser: Browser, target: Target, look: Look): Promise<void> => {
  const { locale, colorScheme, viewport } = look;
  const options = { locale, colorScheme, viewport };
  if (isWanted(look.name, 'sign-in')) {
    const signIn = await openPage(browser, { baseUrl: target.baseUrl }, options);
    await signIn.page.locator('.sign-in-card').waitFor();
    await shoot(signIn.page, `${look.name}-sign-in`);
    await signIn.context.close();
  }
  const { page, context } = await openSignedIn(browser, target, options);
  for (const shot of SHOTS.filter(({ name }) => isWanted(look.name, name))) {
    await page.goto(`${target.baseUrl}${shot.path}`);
    await page.locator(shot.ready).first().waitFor();
    try {
      await shot.prepare?.(page);
    } catch (cause) {
      throw new Error(`${look.name}-${shot.name} did not come to what it should show`, { cause });
    }
    await shoot(page, `${look.name}-${shot.name}`);
  }
  await context.close();
};

type Weather = 'fair' | 'empty' | 'failing' | 'cut off';

/** Stands between the page and the server: answers without items, fails, or breaks the line. */
const weatherOf = async (page: Page) => {
  let weather: Weather = 'fair';
  const lines = new Set<{ readonly close: () => Promise<void> }>();
  await page.routeWebSocket(/\/live$/, (line) => {
    // A live list would fill an empty one.
    if (weather === 'empty') return;
    if (weather === 'cut off') void line.close();
    else {
      line.connectToServer();
      lines.add(line);
    }
  });
  await page.route(/\/api\/v1\/(?!session)/, async (route) => {
    if (weather === 'failing' || weather === 'cut off') {
      const error = { code: 'unavailable', message: 'The database is away. Try again soon.' };
      await route.fulfill({ status: 503, json: { error } });
      return;
    }
    const response = await route.fetch();
    const body: unknown = response.status() === 200 ? await response.json() : null;
    const isList = typeof body === 'object' && body !== null && 'items' in body;
    if (weather === 'empty' && isList) await route.fulfill({ json: { ...body, items: [], next: null } });
    else await route.fulfill({ response });
  });
  return async (next: Weather): Promise<void> => {
    weather = next;
    if (next !== 'cut off') return;
    for (const line of lines) await line.close();
    lines.clear();
  };
};

const WEATHERS = ['empty', 'failing', 'offline'];

/** Longer than the mock takes to answer, ms; a page that waits for good is seen waiting. */
const SETTLED_MS = 1500;

/** Each page with nothing in it, with a server that fails, and after the connection was lost. */
const photographWeather = async (browser: Browser, target: Target): Promise<void> => {
  const { page, context } = await openSignedIn(browser, target);
  const become = await weatherOf(page);
  for (const [name, path] of PLACES.filter(([place]) => WEATHERS.some((one) => isWanted(one, place)))) {
    for (const weather of ['empty', 'failing', 'fair'] as const) {
      await become(weather);
      await page.goto(target.baseUrl + path);
      await page.locator('.rail').waitFor();
      await page.waitForTimeout(SETTLED_MS);
      if (weather !== 'fair') await shoot(page, `${weather}-${name}`);
    }
    await become('cut off');
    await page.locator('.offline-banner').waitFor();
    await shoot(page, `offline-${name}`);
  }
  await context.close();
};

/** What is on the two phones of the simulator. */
const fillPhones = ({ phones }: MockServer): void => {
  phones.add('971500000101', { from: 'customer', text: 'Hi, do you sell office chairs?' }, 'Layla Haddad');
  phones.add('971500000101', {
    from: 'business',
    author: 'api',
    text: 'Hello! I am Noor from Treejar. Yes, we supply ergonomic, task and executive chairs.',
  });
  phones.add('971500000104', { from: 'customer', text: 'السلام عليكم، أحتاج 10 كراسي' }, 'ناصر الكعبي');
  phones.add('971500000104', { from: 'business', author: 'manager', text: 'وعليكم السلام، معك عائشة' });
};

await mkdir(folder, { recursive: true });
await buildAdmin();
const real = realTarget();
const browser = await launchBrowser();
for (const look of LOOKS) {
  // A shop of its own for each look: some pictures change what they show.
  const mock = real === null ? await startMockServer() : null;
  if (mock !== null) fillPhones(mock);
  await photograph(browser, real ?? { baseUrl: mock?.url ?? '' }, look);
  await mock?.close();
}
{
  const mock = real === null ? await startMockServer() : null;
  await photographWeather(browser, real ?? { baseUrl: mock?.url ?? '' });
  await mock?.close();
}
await browser.close();
process.stdout.write(`The pictures are in ${folder}\n`);
