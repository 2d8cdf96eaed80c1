import { describe, expect, it } from 'vitest';
import { useStage } from './stage.ts';
import { seriousFindings, skipReason, until } from './support.ts';

const reason = skipReason();

/** How long what stands for rows on their way stays unseen at first, ms; not a number when it is seen at once. */
const UNSEEN_MS =
  "document.querySelector('.skeleton-row').getAnimations().map(a => a.effect.getTiming()).find(({ fill }) => fill === 'both')?.delay ?? null";

describe.skipIf(reason !== null)(`the plain pages${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('retry a parked command, and discard one only after asking', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/parked`);
    const letters = page.locator('.letter');
    await letters.first().waitFor();
    await letters.first().getByRole('button', { name: 'Retry' }).click();
    await until(async () => (await letters.count()) === 1, 'the first has gone');
    await letters.first().getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await letters.count()).toBe(1);
    await letters.first().getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Nothing is parked').waitFor();
  });

  it('search the catalog in both languages, and synchronise it', async () => {
    const { page } = await stage.signedIn();
    const answerNow = stage.mock().hold(/^\/products/);
    await page.goto(`${stage.mock().url}/admin/products`);
    await page.locator('.skeleton-row').waitFor({ state: 'attached' });
    // An answer within 100 ms is seen without anything grey before it.
    expect(await page.evaluate(UNSEEN_MS)).toBeGreaterThanOrEqual(100);
    answerNow();
    await page.locator('.table tbody tr').first().waitFor();
    const rows = page.locator('.table tbody tr:not(.why-row)');
    await page.getByRole('searchbox').fill('meeting');
    await until(async () => (await rows.count()) === 1, 'one product is found');
    expect(await rows.textContent()).toContain('none in stock');
    await page.getByRole('searchbox').fill('مكتب');
    await until(
      async () => (await rows.textContent())?.includes('DSK-HGT-160') === true,
      'the Arabic name is found',
    );
    await page.getByRole('button', { name: 'Synchronise' }).click();
    await page.getByText('Synchronised: 8 seen, 1 changed').waitFor();
    expect(await page.getByText('Synchronised: 8 seen, 1 changed').count()).toBe(1);
  });

  it('tell of each hit of a search why it stands there, and which limits were read', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/products`);
    await page.locator('.table tbody tr').first().waitFor();
    await page.getByRole('searchbox').fill('chair');
    const reasons = page.locator('.why-ranked');
    await reasons.first().waitFor();
    await page.getByText('No limit of price, category or stock').waitFor();
    expect(await reasons.first().textContent()).toContain('Meaning 0.43');
    expect(await reasons.first().textContent()).toContain('Common words 0.50');
    expect(await reasons.first().textContent()).toContain('of the kind asked for (chair)');
    expect(await reasons.count()).toBe(await page.locator('.table tbody tr.has-why').count());
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('follow a synchronisation that somebody else started: its phase, its progress, its end', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/products`);
    await page.locator('.table tbody tr').first().waitFor();
    const { live } = stage.mock();
    const run = { id: '41', changed: 3, deactivated: 1, embedded: 0, error: null, finishedAt: null };
    const at = { startedAt: new Date().toISOString() };
    await until(
      () => live.heard.some((said) => JSON.stringify(said) === '{"subscribe":"catalog"}'),
      'it listens',
    );
    live.sync({ ...run, ...at, status: 'running', phase: 'reading', seen: 200 });
    await page.getByText('Synchronising: 200 seen, 3 changed').waitFor();
    expect(await page.getByRole('button', { name: 'Synchronise' }).isDisabled()).toBe(true);
    live.sync({ ...run, ...at, status: 'running', phase: 'indexing', seen: 417, embedded: 2 });
    await page.getByText('All 417 seen, 3 changed; made findable: 2').waitFor();
    live.dropAll();
    live.sync({ ...run, ...at, status: 'failed', phase: null, seen: 417, error: 'Zoho is away' });
    await page.getByText('The synchronisation failed: Zoho is away').waitFor();
    expect(await page.locator('.page-progress').count()).toBe(0);
  });

  it('write, correct and delete an article', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/knowledge`);
    await page.getByRole('searchbox', { name: 'Write as a customer would' }).fill('deliver');
    await page.locator('.found li').first().waitFor();
    await page.getByRole('button', { name: 'New article' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill('   ');
    await dialog.getByLabel('Text').fill('From 10 to 20, Monday to Friday.');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Write a title.').waitFor();
    await dialog.getByLabel('Title').fill('When is the showroom open?');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const card = page.locator('.article', { hasText: 'When is the showroom open?' });
    await card.waitFor();
    await card.getByRole('button', { name: /Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await until(async () => (await card.count()) === 0, 'the article has gone');
  });

  it('publish a manager’s answer in better words, and show what is wrong on the operations page', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/knowledge`);
    await page
      .locator('.candidate')
      .getByRole('button', { name: /Approve/ })
      .click();
    await page.getByRole('dialog').getByLabel('Text').fill('Yes, when it is agreed before the delivery.');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.locator('.article', { hasText: 'Yes, when it is agreed' }).waitFor();
    expect(await page.locator('.candidate').count()).toBe(0);
    await page.goto(`${stage.mock().url}/admin/operations`);
    const worst = page.locator('.ops-vendors tbody tr').first();
    expect(await worst.textContent()).toMatch(/zoho-inventory.*Not called now.*InventoryThrottled/);
    await page.locator('.ops-channel.is-down', { hasText: 'Scan the QR code' }).waitFor();
    await page.locator('.ops-total', { hasText: '$6.99' }).waitFor();
  });

  it('play a customer on a phone: send, be answered, be read', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/phones`);
    const phone = page.locator('.phone').first();
    await phone.getByRole('textbox').fill('Do you have desks?');
    await phone.getByRole('button', { name: 'Send' }).click();
    await phone.locator('.is-mine', { hasText: 'Do you have desks?' }).waitFor();
    await phone.locator('.is-theirs', { hasText: 'I am Noor' }).waitFor();
    await until(
      () =>
        stage
          .mock()
          .phones.chat('971500000101')
          .every((message) => message.from === 'customer' || message.status === 'read'),
      'the answer is read',
    );
    await phone.getByRole('button', { name: 'Photo (sample)' }).click();
    await until(
      () =>
        stage
          .mock()
          .phones.chat('971500000101')
          .some((message) => message.kind === 'image'),
      'the photo is sent',
    );
    await phone.getByLabel('Manager answers from the phone').check();
    await phone.getByRole('textbox').fill('Aisha here');
    await phone.getByRole('button', { name: 'Send as manager' }).click();
    await phone.locator('.is-theirs', { hasText: 'Aisha here' }).waitFor();
  });

  it('leave an unknown address with a way back', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/nowhere`);
    await page.getByText('There is no such page').waitFor();
  });
});
