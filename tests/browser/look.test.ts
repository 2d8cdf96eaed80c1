import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GRACE, LAYLA, NASSER, pathOf, useStage } from './stage.ts';
import { seriousFindings, skipReason, until } from './support.ts';

const reason = skipReason();

/** What a first visit may load, bytes after gzip. */
const FIRST_LOAD_LIMIT = 120 * 1024;

const PLACES: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['the list', '/admin/conversations', '.row'],
  ['a conversation', pathOf(LAYLA), '.bubble'],
  ['a taken conversation', pathOf(GRACE), '.composer'],
  ['overview', '/admin/overview', '.metric'],
  ['prompts', '/admin/prompts', '.prompt-editor'],
  ['queues', '/admin/queues', '.letter'],
  ['settings', '/admin/settings', '.setting'],
  ['people', '/admin/people', '.table'],
  ['products', '/admin/products', '.table'],
  ['knowledge', '/admin/knowledge', '.article'],
  ['operations', '/admin/operations', '.ops-vendors'],
  ['phones', '/admin/phones', '.phone'],
];

/** Whether the focus is on a chosen radio inside an open menu. */
const FOCUSED_CHOICE = 'document.activeElement?.matches("[popover]:popover-open input:checked") ?? false';

/** Tables that hide a part of themselves beside the screen. */
const WIDER_TABLES =
  "[...document.querySelectorAll('.table-scroll')].filter(e => e.scrollWidth > e.clientWidth).length";

const directionOf = (page: Page, text: string): Promise<string> =>
  page
    .locator('.bubble-text', { hasText: text })
    .evaluate((element) => element.ownerDocument.defaultView.getComputedStyle(element).direction);

describe.skipIf(reason !== null)(`the look${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('has no serious accessibility findings on any page, in light, and no poor contrast in dark', async () => {
    const { page, complaints } = await stage.signedIn({ colorScheme: 'light' });
    for (const [name, path, ready] of PLACES) {
      // One load for both: only colours differ between them.
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(stage.mock().url + path);
      await page.locator(ready).first().waitFor();
      expect(await seriousFindings(page), `${name}, light`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page, ['color-contrast']), `${name}, dark`).toEqual([]);
    }
    expect(complaints, 'errors or a broken content security policy').toEqual([]);
  });

  it('has none on the sign-in page and in an opened step', async () => {
    const { page } = await stage.signedOut({ colorScheme: 'light' });
    await page.locator('.sign-in-card').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const inside = (await stage.signedIn({ colorScheme: 'light' })).page;
    await inside.goto(stage.mock().url + pathOf(LAYLA));
    await inside.locator('.from-bot .why').last().click();
    await inside.locator('.step-details').waitFor();
    await inside.getByRole('button', { name: 'All states' }).click();
    expect(await seriousFindings(inside)).toEqual([]);
    for (const one of [page, inside]) {
      await one.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(one, ['color-contrast']), 'dark').toEqual([]);
    }
  });

  it('runs each bubble in its own direction and keeps its side, in a left-to-right page', async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(NASSER));
    await page.locator('.bubble').first().waitFor();
    expect(await directionOf(page, 'أحتاج 10 كراسي')).toBe('rtl');
    const guest = await page.locator('.from-customer .bubble').first().boundingBox();
    const bot = await page.locator('.from-bot .bubble').first().boundingBox();
    expect(guest?.x ?? 0).toBeLessThan(bot?.x ?? 0);
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.bubble').first().waitFor();
    expect(await directionOf(page, 'do you sell office chairs')).toBe('ltr');
  });

  it('turns the whole page for Arabic, words and sides, and English bubbles stay English', async () => {
    const { page } = await stage.signedIn({ locale: 'ar-AE' });
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
    await page.getByRole('link', { name: 'المنتجات' }).waitFor();
    const rail = await page.locator('.rail').boundingBox();
    expect(rail?.x ?? 0).toBeGreaterThan(1000);
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.bubble').first().waitFor();
    expect(await directionOf(page, 'do you sell office chairs')).toBe('ltr');
    const guest = await page.locator('.from-customer .bubble').first().boundingBox();
    const bot = await page.locator('.from-bot .bubble').first().boundingBox();
    expect((guest?.x ?? 0) + (guest?.width ?? 0)).toBeGreaterThan((bot?.x ?? 0) + (bot?.width ?? 0));
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('switches language and theme in place and remembers both', async () => {
    const { page } = await stage.signedIn();
    await page.getByRole('button', { name: 'Display and session' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByRole('radio', { name: 'Русский' }).check();
    await page.getByRole('link', { name: 'Чаты' }).waitFor();
    // All words are new, yet the menu is still open and the keyboard still where it was.
    await until(
      async () => (await page.evaluate(FOCUSED_CHOICE)) === true,
      'the chosen language has the focus in the open menu',
    );
    await page.reload();
    await page.getByRole('link', { name: 'Чаты' }).waitFor();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  });

  it('fits a phone: one pane at a time, nothing wider than the screen, "why?" brings its step forward', async () => {
    const { page } = await stage.signedIn({ viewport: { width: 390, height: 844 } });
    for (const [name, path, ready] of PLACES) {
      await page.goto(stage.mock().url + path);
      await page.locator(ready).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(390);
      expect(await page.evaluate(WIDER_TABLES), `${name}: tables to scroll sideways`).toBe(0);
    }
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.from-bot .why').last().click();
    await page.locator('.step.is-selected').waitFor();
    const step = await page.locator('.step.is-selected .step-head').boundingBox();
    expect(step?.y ?? -1).toBeGreaterThan(0);
    expect(step?.y ?? 9999).toBeLessThan(844);
  });

  it('never scrolls the frame itself', async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.from-bot .why').last().click();
    await page.locator('.step.is-selected').waitFor();
    const scrolled =
      "[document.scrollingElement, document.querySelector('.shell'), document.querySelector('.content')].map(e => e.scrollTop)";
    expect(await page.evaluate(scrolled)).toEqual([0, 0, 0]);
  });

  it('moves nothing for those who asked for less motion', async () => {
    const { page } = await stage.signedIn({ reducedMotion: 'reduce' });
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.live-dot').waitFor();
    await until(
      async () => (await page.evaluate<number>('document.getAnimations().length')) === 0,
      'nothing moves',
    );
  });

  it('loads little at first', async () => {
    const { page } = await stage.signedOut();
    const loaded = await page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(entry => new URL(entry.name)).filter(url => url.pathname.startsWith('/admin/')).map(url => url.pathname)",
    );
    const dist = fileURLToPath(new URL('../../dist/admin/', import.meta.url));
    const files = ['index.html', ...loaded.map((path) => path.replace('/admin/', ''))];
    let bytes = 0;
    for (const file of files) bytes += gzipSync(await readFile(join(dist, file))).length;
    expect(files.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(FIRST_LOAD_LIMIT);
    // Nothing comes from anywhere else.
    const html = await readFile(join(dist, 'index.html'), 'utf8');
    expect(html).not.toMatch(/https?:\/\//);
    const styles = (await readdir(join(dist, 'assets'))).filter((name) => name.endsWith('.css'));
    for (const name of styles)
      expect(await readFile(join(dist, 'assets', name), 'utf8')).not.toMatch(/url\(["']?https?:/);
  });
});
