import { describe, expect, it } from 'vitest';
import { LAYLA, pathOf, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`the quality page${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('shows scores beside their ceilings, and leads from a quote to its message in the chat', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/quality`);
    const rows = page.locator('.table tbody tr');
    await rows.first().waitFor();
    expect(await rows.allTextContents()).toEqual([
      expect.stringMatching(/Layla.*22\.4 \/ 30.*Good.*21\.1–23\.6/),
      expect.stringMatching(/Grace.*4\.5 \/ 9\.6.*Little to judge/),
    ]);
    await page.getByRole('button', { name: 'Layla Haddad' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Covers 11 rules in 4 blocks').waitFor();
    expect(await dialog.locator('.quality-criteria li').last().textContent()).toContain('does not apply');
    await dialog.locator('.quality-quotes a').first().click();
    await page.locator('.is-explained .bubble').waitFor();
    expect(new URL(page.url()).pathname).toBe(pathOf(LAYLA));
    expect(await page.locator('.is-explained').textContent()).toContain('I am Noor from Treejar');
  });

  it('filters, shows managers and flags, and tells the price of a run before it begins', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/quality`);
    const rows = page.locator('.table tbody tr');
    await until(async () => (await rows.count()) === 2, 'both reviews are listed');
    await page.getByLabel('Rating').selectOption('good');
    await until(async () => (await rows.count()) === 1, 'one of them is good');
    await page.getByRole('radio', { name: 'Managers' }).click();
    await page.locator('.quality-manager', { hasText: '16 / 20' }).waitFor();
    expect(await page.locator('.quality-manager').textContent()).toContain('n/a');
    expect(await page.getByText('have waited since').count()).toBe(0);
    await page.getByRole('radio', { name: 'Red flags' }).click();
    await page.getByText('have waited since').waitFor();
    expect(await page.locator('.quality-budget').textContent()).toContain('$0.0490 / $0.0500');
    await page.locator('.table .chip', { hasText: 'Promise without support' }).waitFor();
    await page.getByRole('button', { name: 'Review what is due' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('12 calls of google/gemini-2.5-flash').waitFor();
    expect(await dialog.textContent()).toContain('$0.0252');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await page.getByText('4 reviews were asked for').waitFor();
  });
});
