/**
 * A manager's day on the real product: the sale is played on the simulator's phone and watched in another page, then
 * replayed, taken over while the model thinks, counted, and found again behind its numbers. Vendors are doubles.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { startCutProxy } from '../support/cut-proxy.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type Product, startProduct, until } from '../support/product.ts';
import {
  launchBrowser,
  type OpenOptions,
  type OpenPage,
  openSignedIn,
  skipReason,
  type Target,
} from './support.ts';

/** The first phone on the simulator's desk, and what it is called there. */
const PHONE = '971500000101';
const NAME = 'Layla Haddad';
const OTHER = '971506000021';
const idOf = (phone: string): string =>
  encodeURIComponent(`wz:00000000-0000-4000-8000-000000000001:${phone}`);
const pathOf = (phone: string): string => `/admin/conversations/${idOf(phone)}`;
const apiPathOf = (phone: string): string => `/conversations/${idOf(phone)}`;
/** A page of the vendor's list comes this late, so that a synchronisation can be watched; ms. */
const SLOW_LIST_MS = 1500;
/** The model thinks far longer than a manager needs to press a button, ms. */
const SLOW_MODEL_MS = 8000;

/** Long enough to cut the connection while the model thinks, ms. */
const SLOW_ANSWER_MS = 1000;
/** Longer than a page needs to come back on a busy machine, ms. */
const PATIENCE_MS = 30_000;
/** The narrowest telephone in use. */
const PHONE_SCREEN: OpenOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const reason = skipReason();
let db: TestDatabase;
let openrouter: OpenRouterDouble;
let zoho: ZohoDouble;
let product: Product;
let browser: Browser;
let target: Target;
const opened: OpenPage[] = [];

const at = async (
  path: string,
  ready: string,
  options: OpenOptions = {},
  baseUrl = target.baseUrl,
): Promise<Page> => {
  const open = await openSignedIn(browser, target, options);
  opened.push(open);
  await open.page.goto(`${baseUrl}${path}`);
  await open.page.locator(ready).first().waitFor();
  return open.page;
};

const states = async (): Promise<readonly string[]> =>
  (await product.api('GET', apiPathOf(PHONE))).body.states ?? [];

const opensChart = (page: Page): Promise<void> =>
  page.locator('.aside-tabs').getByRole('button', { name: 'Statechart' }).click();

/** Proves at the end that the page is the one that was opened. */
const MARK = 'window.openedOnce = true';
const MARKED = 'window.openedOnce === true';

/** Types on the phone's screen as the customer. */
const types = async (phones: Page, text: string): Promise<void> => {
  const phone = phones.getByRole('region', { name: NAME }).first();
  await phone.getByRole('textbox').fill(text);
  await phone.getByRole('button', { name: 'Send' }).click();
};

interface Said {
  readonly from: string;
  readonly text: string;
  readonly seq: number;
}

const said = async (phone: string): Promise<readonly Said[]> =>
  (await product.api('GET', `${apiPathOf(phone)}/messages`)).body.items ?? [];

const spokenBy = async (phone: string, who: string): Promise<number> =>
  (await said(phone)).filter(({ from }) => from === who).length;

/** A customer of whom no page is open writes; resolves when the bot has answered. */
const chats = async (phone: string, text: string): Promise<void> => {
  await product.api('POST', `/sandbox/chats/${phone}/messages`, { text, name: 'Omar Said' });
  await until('an answer', async () => (await spokenBy(phone, 'bot')) > 0);
};

/**
 * Silence that nobody has time for: what came before the conversation's first timer is made twenty minutes older, and
 * the conversation is counted anew.
 */
const wasSilent = async (id: string): Promise<void> => {
  const { rowCount } = await db.pool.query(
    `update journal set at = at - 1200000 where actor_id = $1 and seq < (
       select min(seq) from journal where actor_id = $1 and event ->> 'type' like 'xstate.after.%')`,
    [id],
  );
  expect(rowCount).toBeGreaterThan(0);
  await db.pool.query('delete from heat_trail where conversation_id = $1', [id]);
};

/** Types on the phone, and waits until the manager's page shows the next answer of the bot. */
const asks = async (phones: Page, watching: Page, text: string): Promise<string> => {
  const answers = watching.locator('.from-bot:not(.is-preview) .bubble-text');
  const before = await answers.count();
  await types(phones, text);
  await watching.locator('.from-customer .bubble', { hasText: text }).first().waitFor();
  await until('the answer in the manager’s page', async () => (await answers.count()) > before);
  return (await answers.last().textContent()) ?? '';
};

describe.skipIf(reason !== null)(
  `the cockpit on the real product${reason === null ? '' : ` (${reason})`}`,
  () => {
    beforeAll(async () => {
      db = await testDatabase();
      openrouter = await startOpenRouterDouble();
      zoho = await startZohoDouble();
      product = await startProduct({
        databaseUrl: db.url,
        env: {
          OPENROUTER_BASE_URL: openrouter.url,
          ZOHO_ACCOUNTS_URL: zoho.accountsUrl,
          ZOHO_CRM_BASE_URL: zoho.crmUrl,
          ZOHO_INVENTORY_BASE_URL: zoho.inventoryUrl,
        },
      });
      const link = await until('the sign-in link', () => /\?link=(\S+)/.exec(product.output())?.[1]);
      target = { baseUrl: product.url, link };
      browser = await launchBrowser();
      await until(
        'the catalog',
        async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
      );
    });

    afterEach(async () => {
      for (const { context } of opened.splice(0)) await context.close();
    });

    afterAll(async () => {
      await browser?.close();
      await product?.stop();
      await Promise.all([openrouter?.close(), zoho?.close()]);
      await db?.drop();
    });

    it('shows a whole sale as it happens: request, comparison, quantity, quotation with its PDF, acceptance', async () => {
      const phones = await at('/admin/phones', '.phone');
      await types(phones, 'Hi, I need 10 office chairs under 500 AED');
      await until('the conversation', async () => (await states()).length > 0);
      const watching = await at(pathOf(PHONE), '.from-bot .bubble');
      await watching.evaluate(MARK);
      await opensChart(watching);
      await watching.locator('.chart-state.is-current').first().waitFor();
      const steps = await watching.locator('.step').count();
      expect(await asks(phones, watching, 'Compare CH-720-BLK and CH-616')).toMatch(/CH-616|CH-720/);
      expect(await asks(phones, watching, "I'll take 10 of CH-720-BLK")).toContain('10 × ');
      await asks(phones, watching, 'Please send me a quotation');
      await types(
        phones,
        'My name is Layla Haddad, company Falcon Trading, email layla@falcon.test, address Office 1203, Bay Square 4, Business Bay, Dubai',
      );
      await until('the quotation', async () => (await states()).includes('order.quoted.asked'));
      await watching.locator('.from-bot .media', { hasText: '.pdf' }).first().waitFor();
      const link = watching.locator('.from-bot .media-open').first();
      const paper = await fetch(new URL((await link.getAttribute('href')) ?? '', target.baseUrl));
      expect(paper.headers.get('content-type')).toBe('application/pdf');
      await watching
        .getByRole('button', { name: /^Order/ })
        .first()
        .click();
      await watching.locator('.chart-state.is-current[data-state="order.quoted.asked"]').waitFor();
      await types(phones, 'Yes');
      await watching.locator('.chart-state.is-current[data-state="order.accepted"]').waitFor();
      await watching.locator('.owner-line.is-waiting').waitFor();
      expect(await watching.locator('.step').count()).toBeGreaterThan(steps);
      expect(await watching.evaluate(MARKED)).toBe(true);
    });

    it('moves chat, statechart and memory to one step of the real journal, and back to live', async () => {
      const phone = '971506000022';
      await chats(phone, 'Hi, I need 10 office chairs under 500 AED');
      const journal = await product.api('GET', `${apiPathOf(phone)}/journal?limit=200`);
      const rows: readonly { seq: number; to: readonly string[] }[] = journal.body.items;
      const answer = (await said(phone)).find(({ from }) => from === 'bot');
      const index = rows.findIndex(({ seq }) => seq === answer?.seq) - 1;
      const before = rows[index];
      if (before === undefined) throw new Error('an answer has steps before it');
      const page = await at(pathOf(phone), '.from-bot .bubble');
      await page.locator('.step').first().waitFor();
      await page.getByRole('button', { name: 'Replay from the journal' }).click();
      const slider = page.locator('.replay input[type=range]');
      await slider.fill(String(index));
      await page.locator('.replay-now', { hasText: `Step ${before.seq} of ` }).waitFor();
      await page.locator(`.step.is-selected[data-seq="${before.seq}"]`).waitFor();
      await expect.poll(() => page.locator('.from-bot .bubble').count()).toBe(0);
      await page.locator('.memory-head', { hasText: `After step ${before.seq}.` }).waitFor();
      await opensChart(page);
      const turn = before.to.find((state) => state.startsWith('turn.'));
      await page.locator(`.chart-state.is-current[data-state="${turn}"]`).first().waitFor();
      await slider.fill(String(index + 1));
      await page.locator('.from-bot .bubble').first().waitFor();
      await page.getByRole('button', { name: 'Back to live' }).first().click();
      await page.locator('.replay').waitFor({ state: 'detached' });
    });

    it('is taken over while the model thinks: silent at once, and given back with a note', async () => {
      await chats(OTHER, 'Hello');
      const page = await at(pathOf(OTHER), '.from-bot .bubble');
      const spoken = await spokenBy(OTHER, 'bot');
      openrouter.setLatency(SLOW_MODEL_MS);
      await product.api('POST', `/sandbox/chats/${OTHER}/messages`, { text: 'Do you have meeting tables?' });
      const detail = async () => (await product.api('GET', apiPathOf(OTHER))).body;
      await until('the model to think', async () => (await detail()).stateLabel === 'Thinking');
      await page.getByRole('button', { name: /Take over/ }).click();
      await page.locator('.owner-line.is-manager', { hasText: 'Bot is silent' }).waitFor();
      await page.locator('.owner-line', { hasText: 'Offered back to the bot' }).waitFor();
      await until('the server to agree', async () => (await detail()).owner === 'manager');
      openrouter.setLatency(0);
      const field = page.getByRole('textbox', { name: 'Write to the customer' });
      await field.fill('Hello, this is Aisha. One minute, please.');
      await field.press('Enter');
      await page.locator('.from-manager .bubble', { hasText: 'this is Aisha' }).waitFor();
      await until('the words to be kept', async () => (await spokenBy(OTHER, 'manager')) > 0);
      expect(await spokenBy(OTHER, 'bot')).toBe(spoken);
      await product.api('POST', `/sandbox/chats/${OTHER}/messages`, { text: 'And what about the warranty?' });
      await page.locator('.from-customer .bubble', { hasText: 'the warranty' }).waitFor();
      await page.getByRole('button', { name: /Give back/ }).click();
      await page.getByRole('textbox', { name: /Note for the bot/ }).fill('Wants a table for ten people');
      await page.getByRole('dialog').getByRole('button', { name: 'Give back to bot' }).click();
      await page.locator('.owner-line.is-bot').waitFor();
      await until('the bot to resume', async () => (await spokenBy(OTHER, 'bot')) > spoken);
      expect(openrouter.server.log.some(({ body }) => body.includes('Wants a table for ten people'))).toBe(
        true,
      );
    });

    it('shows a synchronisation of the catalog while it runs, and what came of it', async () => {
      const page = await at('/admin/products', '.table');
      zoho.server.addFault({ method: 'GET', path: /\/items$/, times: 1, delayMs: SLOW_LIST_MS });
      await page.getByRole('button', { name: 'Synchronise' }).click();
      await page.locator('.page-progress', { hasText: /Synchronising: \d+ seen/ }).waitFor();
      await page
        .getByText(/Synchronised: [1-9]\d* seen/)
        .first()
        .waitFor();
    });

    it('leads from a number of the overview over its chart to a chat in three clicks', async () => {
      await chats('971506000023', 'Do you have desks?');
      const page = await at('/admin/conversations', '.row');
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.locator('[data-metric="conversations"]').click();
      const behind = page.locator('.behind');
      await behind.locator('canvas, svg.day-chart').first().waitFor();
      await behind.getByRole('link').first().click();
      await page.locator('.bubble').first().waitFor();
    });

    it('opens the conversations behind each number of the machine’s page', async () => {
      const phone = '971506000024';
      await chats(phone, 'Do you have desks?');
      await wasSilent(decodeURIComponent(idOf(phone)));
      const heat = async () => (await product.api('GET', '/machines/conversation/heat?days=30')).body;
      await until('the silence on the map', async () =>
        (await heat()).states.some((state: { silent: number }) => state.silent > 0),
      );
      const page = await at('/admin/machine', '.heat-table');
      const [states, ways] = [page.locator('.heat-table').first(), page.locator('.heat-table').last()];
      const idle = states.getByRole('row', { name: /^Waiting for the customer/ }).first();
      const numbers = {
        now: idle.locator('td:nth-of-type(1) button'),
        stays: states.locator('td:nth-of-type(2) button').first(),
        median: states.locator('td:nth-of-type(3) button').first(),
        silence: states.locator('td:nth-of-type(4) button').first(),
        times: ways.locator('td:nth-of-type(1) button').first(),
        share: ways.locator('td:nth-of-type(2) button').first(),
      };
      for (const [name, number] of Object.entries(numbers)) {
        await number.click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('link').first().waitFor();
        if (name === 'share') break;
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      await page.getByRole('dialog').getByRole('link').first().click();
      await page.locator('.bubble').first().waitFor();
    });

    it('shows all of it, once, after its connection was cut in the middle of a turn', async () => {
      const phone = '971506000025';
      const newcomer = '971506000026';
      await chats(phone, 'Hello');
      const wire = await startCutProxy(product.port);
      try {
        const page = await at(pathOf(phone), '.from-bot .bubble', {}, wire.url);
        openrouter.setLatency(SLOW_ANSWER_MS);
        const write = (text: string) => product.api('POST', `/sandbox/chats/${phone}/messages`, { text });
        await write('Do you have meeting tables?');
        await page.locator('.from-customer .bubble', { hasText: 'meeting tables' }).waitFor();
        wire.cut();
        await page.locator('.offline-banner').waitFor();
        await until('the answer that nobody sees', async () => (await spokenBy(phone, 'bot')) > 1);
        openrouter.setLatency(0);
        await chats(newcomer, 'Is anybody there?');
        const before = await spokenBy(phone, 'bot');
        await write('And two lamps, please');
        await until('the last answer', async () => (await spokenBy(phone, 'bot')) > before);
        expect(await page.locator('.bubble', { hasText: 'two lamps' }).count()).toBe(0);
        wire.mend();
        await page.locator('.offline-banner').waitFor({ state: 'detached' });
        const kept = (await said(phone)).filter(({ from }) => from !== 'note');
        const shown = page.locator('.bubble:not(.is-preview)');
        await expect.poll(() => shown.count(), { timeout: PATIENCE_MS }).toBe(kept.length);
        expect(await page.locator('.from-customer .bubble', { hasText: 'meeting tables' }).count()).toBe(1);
        expect(await page.locator('.from-customer .bubble', { hasText: 'two lamps' }).count()).toBe(1);
        expect(await page.locator('.from-bot .bubble').count()).toBe(await spokenBy(phone, 'bot'));
        await page.locator(`[data-id="${decodeURIComponent(idOf(newcomer))}"]`).waitFor();
        const ids = await page
          .locator('.row [data-id]')
          .evaluateAll((rows) => rows.map((row) => row.dataset.id));
        expect(new Set(ids).size).toBe(ids.length);
      } finally {
        openrouter.setLatency(0);
        await wire.close();
      }
    });

    it('is worked from a telephone: found in the list, taken over, answered, noted, given back', async () => {
      const phone = '971506000027';
      await chats(phone, 'Do you have desks?');
      const page = await at('/admin/conversations', '.row', PHONE_SCREEN);
      const fits = () => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
      expect(await fits()).toBe(true);
      await page
        .locator('.row', { has: page.locator(`[data-id="${decodeURIComponent(idOf(phone))}"]`) })
        .tap();
      await page.locator('.from-bot .bubble').first().waitFor();
      await page.getByRole('button', { name: /Take over/ }).tap();
      await page.locator('.owner-line.is-manager', { hasText: 'Bot is silent' }).waitFor();
      const field = page.getByRole('textbox', { name: 'Write to the customer' });
      await field.fill('Hello, this is Aisha.');
      await page.locator('.composer-send').tap();
      await page.locator('.from-manager .bubble', { hasText: 'this is Aisha' }).waitFor();
      await page.locator('.composer-kinds').getByRole('button', { name: /Note/ }).tap();
      await page.locator('.composer-box textarea').fill('Wants three desks');
      await page.locator('.composer-send').tap();
      await page.locator('.from-note .bubble', { hasText: 'three desks' }).waitFor();
      expect(await fits()).toBe(true);
      await page.getByRole('button', { name: /Give back/ }).tap();
      await page.getByRole('dialog').getByRole('button', { name: 'Give back to bot' }).tap();
      await page.locator('.owner-line.is-bot').waitFor();
      await until('the server to agree', async () => {
        const { owner } = (await product.api('GET', apiPathOf(phone))).body;
        return owner === 'bot';
      });
      expect((await said(phone)).map(({ from }) => from)).toEqual(
        expect.arrayContaining(['manager', 'note']),
      );
      expect(await fits()).toBe(true);
    });
  },
);
