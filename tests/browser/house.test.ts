import { describe, expect, it } from 'vitest';
import { useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(
  `what administrators look after${reason === null ? '' : ` (${reason})`}`,
  () => {
    const stage = useStage();

    it('a prompt is changed with its difference shown, tried, put in force, and rolled back', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/prompts`);
      await page.getByRole('tab', { name: /persona/ }).click();
      const field = page.getByLabel('Text', { exact: true });
      await field.fill(`${await field.inputValue()}\nYou never say goodbye first.`);
      await page.locator('.diff ins', { hasText: 'You never say goodbye first.' }).waitFor();
      await page.getByRole('button', { name: 'Try', exact: true }).click();
      await page.getByText('The check of replies would stop it').waitFor();
      await page.getByRole('button', { name: 'Put in force' }).click();
      await page.getByText('Version 3 is in force').waitFor();
      const first = page.locator('.version', { hasText: 'shipped with the product' });
      await first.locator('summary').click();
      await first.getByRole('button', { name: 'Roll back to this' }).click();
      await first.getByText('in force').waitFor();
      expect(await field.inputValue()).not.toContain('goodbye');
    });

    it('settings are checked by the server, saved in one go, and remembered with who changed them', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/settings`);
      await page.getByLabel('Messages the model is shown').fill('0');
      await page.getByLabel('Name of the assistant').fill('Amal');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Expected a value between 1 and 100').waitFor();
      await page.getByLabel('Messages the model is shown').fill('8');
      await page.getByRole('button', { name: 'Save' }).click();
      await until(async () => (await page.locator('.settings-save').count()) === 0, 'nothing is unsaved');
      await page.getByRole('tab', { name: 'History' }).click();
      await page.locator('td', { hasText: '"assistantName": "Amal"' }).waitFor();
    });

    it('a colleague gets a link, another role, and is disabled after asking; the audit is filtered', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/people`);
      await page.getByRole('button', { name: 'New user' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Omar Said');
      await page.getByRole('dialog').getByLabel('E-mail').fill('omar@treejar.test');
      await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
      expect(await page.getByRole('textbox', { name: 'One-time link' }).inputValue()).toContain(
        '/admin/?link=made-by-the-mock',
      );
      await page.keyboard.press('Escape');
      const row = page.locator('tr', { hasText: 'Omar Said' });
      await row.getByRole('button', { name: 'Disable' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
      await row.getByText('Disabled').waitFor();
      await page.getByRole('tab', { name: 'Audit' }).click();
      await page.getByLabel('Kind of change').selectOption('prompt.');
      await until(async () => (await page.locator('tbody tr').count()) === 1, 'one change of prompts');
    });

    it('a number opens its chart and the conversations behind it: a chat in two clicks', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/overview`);
      await page.locator('[data-metric="conversations"]').click();
      await page.locator('.behind .chart-bar').first().waitFor();
      await page.locator('.behind tbody tr', { hasText: 'Layla Haddad' }).getByRole('link').click();
      await page.locator('h1', { hasText: 'Layla Haddad' }).waitFor();
      await page.goBack();
      await page.getByRole('radio', { name: 'Month' }).check();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^treejar-.*\.csv$/);
    });

    it('what waits is told apart: decisions, follow-ups with their verdict, timers, jobs', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/queues`);
      await page.locator('.letter').first().waitFor();
      await page.getByRole('tab', { name: 'Parked' }).press('ArrowRight');
      await page.locator('tr', { hasText: 'no template is chosen' }).waitFor();
      await page.getByRole('tab', { name: 'Timers' }).click();
      await page.locator('tr', { hasText: 'Follow-up after the quotation' }).waitFor();
      await page.getByRole('tab', { name: 'Scheduled jobs' }).click();
      await page.locator('tr', { hasText: 'catalog-sync' }).waitFor();
    });
  },
);
