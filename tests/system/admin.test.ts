/**
 * The admin against the real product in a real Chromium: a customer is played on a phone, the manager's page follows
 * without a reload, a take-over silences the bot. Pictures go to `.cache/screenshots/product`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openSignedIn, seriousFindings, skipReason, type Target } from '../browser/support.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type Product, startProduct, until } from '../support/product.ts';

const PICTURES = join(import.meta.dirname, '..', '..', '.cache', 'screenshots', 'product');
/** The first phone on the simulator's desk. */
const ENGLISH = '971500000101';
const ARABIC = '971506000002';
const SANDBOX_CHANNEL = '00000000-0000-4000-8000-000000000001';

const reason = skipReason();
let db: TestDatabase;
let product: Product;
let browser: Browser;
let target: Target;

const pathOf = (phone: string) =>
  `/admin/conversations/${encodeURIComponent(`wz:${SANDBOX_CHANNEL}:${phone}`)}`;

/** A customer writes on the sandbox's phone; resolves with the answer. */
const writes = async (phone: string, text: string, name: string): Promise<string> => {
  const chat = async () =>
    (await product.api('GET', `/sandbox/chats/${phone}`)).body.items as { from: string; text: string }[];
  const before = (await chat()).filter((message) => message.from === 'business').length;
  await product.api('POST', `/sandbox/chats/${phone}/messages`, { text, name });
  return until(
    'an answer',
    async () => (await chat()).filter((message) => message.from === 'business')[before]?.text,
  );
};

const opened = async (
  phone: string,
  look: { colorScheme?: 'light' | 'dark'; locale?: string } = {},
): Promise<Page> => {
  const { page } = await openSignedIn(browser, target, look);
  await page.goto(`${target.baseUrl}${pathOf(phone)}`);
  await page.locator('.bubble').first().waitFor();
  await page.locator('.step').first().waitFor();
  return page;
};

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

describe.skipIf(reason !== null)(
  `the admin on the real product${reason === null ? '' : ` (${reason})`}`,
  () => {
    beforeAll(async () => {
      mkdirSync(PICTURES, { recursive: true });
      db = await testDatabase();
      product = await startProduct({ databaseUrl: db.url });
      const link = await until('the sign-in link', () => /\?link=(\S+)/.exec(product.output())?.[1]);
      target = { baseUrl: product.url, link };
      browser = await launchBrowser();
      await until(
        'the catalog',
        async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
      );
    });

    afterAll(async () => {
      await browser?.close();
      await product?.stop();
      await db?.drop();
    });

    it('plays a customer on a phone and follows the conversation live, without a reload', async () => {
      await writes(ENGLISH, 'Hi, I need 10 office chairs under 500 AED', 'Omar Said');
      const page = await opened(ENGLISH);
      const steps = await page.locator('.step').count();
      const { page: phones } = await openSignedIn(browser, target);
      await phones.goto(`${target.baseUrl}/admin/phones`);
      const phone = phones.locator('.phone').first();
      await phone.getByRole('textbox').fill("I'll take 10 of CH-720-BLK");
      await phone.getByRole('button', { name: 'Send' }).click();
      await page.locator('.bubble', { hasText: "I'll take 10 of CH-720-BLK" }).waitFor();
      await page.locator('.from-bot .bubble', { hasText: '10 × ' }).waitFor();
      await until('new steps', async () => (await page.locator('.step').count()) > steps);
      await until('the order', async () =>
        (await page.locator('body').textContent())?.includes('CH-720-BLK'),
      );
      await picture(phones, 'phones');
      await picture(page, 'conversation-light');
      expect(await seriousFindings(page)).toEqual([]);
    });

    it('leads from a reply to the step that made it', async () => {
      const page = await opened(ENGLISH);
      await page.locator('.from-bot .bubble').last().hover();
      await page.locator('.from-bot .why').last().click();
      const step = page.locator('.step.is-selected');
      await step.locator('.step-details').waitFor();
      await step.getByText('isGrounded', { exact: true }).first().waitFor();
      await picture(page, 'why-light');
    });

    it('silences the bot by one click, lets the manager write, and gives the chat back with a note', async () => {
      const page = await opened(ENGLISH);
      await page.getByRole('button', { name: /Take over/ }).click();
      await page.locator('.owner-line.is-manager').waitFor();
      await product.api('POST', `/sandbox/chats/${ENGLISH}/messages`, { text: 'Are you there?' });
      await page.locator('.bubble', { hasText: 'Are you there?' }).waitFor();
      await page
        .getByRole('textbox', { name: 'Write to the customer' })
        .fill('Omar, this is Aisha. Give me a minute.');
      await page.getByRole('textbox', { name: 'Write to the customer' }).press('Enter');
      await until('the words on the phone', async () => {
        const { items } = (await product.api('GET', `/sandbox/chats/${ENGLISH}`)).body;
        return items.some(
          (message: { text: string }) => message.text === 'Omar, this is Aisha. Give me a minute.',
        );
      });
      await page
        .locator('.from-manager .bubble, .from-person .bubble', { hasText: 'this is Aisha' })
        .first()
        .waitFor();
      await picture(page, 'taken-over-light');
    });

    it('asks the next message with a prompt that was changed, and tries one on what was said', async () => {
      const { page } = await openSignedIn(browser, target);
      await page.goto(`${target.baseUrl}/admin/prompts`);
      await page.getByRole('tab', { name: /persona/ }).click();
      const field = page.getByLabel('Text', { exact: true });
      await field.fill(`${await field.inputValue()}\nYou like short sentences.`);
      await page.getByRole('button', { name: 'Try', exact: true }).click();
      await page.locator('.trial-verdict').waitFor();
      await page.getByRole('button', { name: 'Put in force' }).click();
      await page.getByText('Version 2 is in force').waitFor();
      await writes('971506000009', 'Do you have desks?', 'Prompted');
      const id = encodeURIComponent(`wz:${SANDBOX_CHANNEL}:971506000009`);
      const calls = (await product.api('GET', `/conversations/${id}/model-calls`)).body.items as {
        promptVersions: string[];
      }[];
      expect(calls[0]?.promptVersions).toContain('persona@2');
      await page.context().close();
    });

    it('shows an Arabic chat from right to left, in light and dark, and the list', async () => {
      await writes(ARABIC, 'مرحبا، أحتاج مكاتب قابلة لتعديل الارتفاع', 'ليلى حسن');
      const light = await opened(ARABIC);
      expect(
        await light.locator('.from-customer .bubble [dir=auto], .from-customer .bubble[dir=auto]').count(),
      ).toBeGreaterThan(0);
      await picture(light, 'arabic-light');
      const dark = await opened(ARABIC, { colorScheme: 'dark' });
      await picture(dark, 'arabic-dark');
      expect(await seriousFindings(dark)).toEqual([]);
      const english = await opened(ENGLISH, { colorScheme: 'dark' });
      await picture(english, 'conversation-dark');
      const arabicInterface = await opened(ARABIC, { locale: 'ar-AE' });
      expect(await arabicInterface.locator('html').getAttribute('dir')).toBe('rtl');
      await picture(arabicInterface, 'arabic-interface');
    });
  },
);
