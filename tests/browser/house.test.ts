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
      await page.locator('.text-diff ins', { hasText: 'You never say goodbye first.' }).waitFor();
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

    it('what goes with what is kept in rows: added, ordered, refused while one is unfinished, and saved', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/settings`);
      const rows = page.locator('.rule-row');
      await rows.first().waitFor();
      const before = await rows.count();
      await page.getByRole('button', { name: 'Add a row' }).click();
      const added = before + 1;
      await page.getByLabel(`Row ${added}: for which articles`).fill('phone booth');
      await rows.last().getByText('Write what is offered').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('This cannot be read; correct it.').waitFor();
      await page.getByLabel(`Row ${added}: what is offered`).fill('stool, acoustic panel');
      await page.getByRole('button', { name: `Move row ${added} up` }).click();
      await page.getByRole('button', { name: 'Remove row 1', exact: true }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await until(async () => (await page.locator('.settings-save').count()) === 0, 'nothing is unsaved');
      await page.reload();
      await rows.first().waitFor();
      expect(await rows.count()).toBe(before);
      expect(await page.getByLabel(`Row ${before - 1}: for which articles`).inputValue()).toBe('phone booth');
      expect(await page.getByLabel(`Row ${before - 1}: what is offered`).inputValue()).toBe(
        'stool, acoustic panel',
      );
    });

    it('templates are chosen from the approved ones with their blanks, and a discount is added as words', async () => {
      const { page } = await stage.signedIn();
      await page.goto(`${stage.mock().url}/admin/settings`);
      const step = page.locator('#settings-followUps .template-setting', {
        hasText: 'Follow-up 1 · English',
      });
      const options = step.locator('option:not([value=""])');
      await options.first().waitFor({ state: 'attached' });
      const id = (await options.first().getAttribute('value')) ?? '';
      await step.locator('select').selectOption(id);
      for (const blank of await step.locator('.template-value input').all()) await blank.fill('{{name}}');
      const segments = page.locator('#settings-discounts');
      await segments.getByLabel('New entry').fill('Wholesale');
      await segments.getByLabel('New entry').press('Enter');
      await segments.getByLabel('Wholesale', { exact: true }).fill('15');
      await page.getByRole('button', { name: 'Save' }).click();
      await until(async () => (await page.locator('.settings-save').count()) === 0, 'nothing is unsaved');
      expect(await step.locator('select').inputValue()).toBe(id);
      await page.getByRole('tab', { name: 'History' }).click();
      await page.locator('td', { hasText: '"Wholesale": "15"' }).waitFor();
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
      await page.locator('.ops-figure', { hasText: 'Replies' }).getByText('2.4 s / 6.3 s').waitFor();
      await page.locator('.ops-figure', { hasText: 'Commits' }).getByText('3.2 ms / 11.8 ms').waitFor();
      await page.locator('[data-metric="conversations"]').click();
      await page.locator('.behind .day-chart-bar').first().waitFor();
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
      const failed = page.locator('tr', { hasText: 'retention' });
      await failed.locator('td.is-bad').waitFor();
      await failed.getByRole('button', { name: 'Run now' }).click();
      await page.getByText('retention was started.').waitFor();
      await failed.getByText('done').waitFor();
    });
  },
);
