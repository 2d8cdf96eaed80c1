import { describe, expect, it } from 'vitest';
import { useStage } from './stage.ts';
import { seriousFindings, skipReason } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`the reports page${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('makes a report, shows it with what is not known as n/a, and links its files', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/reports`);
    const rows = page.locator('.table tbody tr');
    await page.getByRole('button', { name: /^13\s?–\s?19 Nov 2026$/ }).waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByLabel('About').selectOption('daily');
    await page.getByRole('button', { name: 'Make a report' }).click();
    const paper = page.locator('.report-paper');
    await paper.getByText('AED 118,450.00').first().waitFor();
    expect(await paper.locator('.report-tiles').textContent()).toContain('Before: n/a');
    expect(await paper.textContent()).toContain('Complaint');
    await page.getByText('The report was made.', { exact: true }).waitFor();
    const file = page.getByRole('link', { name: /^PDF.AR$/ }).last();
    expect(await file.getAttribute('href')).toBe(
      '/api/v1/quality/reports/weekly%3A2026-11-13%3A2026-11-19.pdf?lang=ar',
    );
    expect(await seriousFindings(page)).toEqual([]);
  });
});
