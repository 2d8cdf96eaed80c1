import { describe, expect, it } from 'vitest';
import { MOCK_EMAIL, MOCK_LINK, MOCK_PASSWORD } from './mock/routes.ts';
import { useStage } from './stage.ts';
import { openPage, skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`signing in${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('refuses a wrong password in words and keeps what was typed', async () => {
    const { page } = await stage.signedOut();
    await page.locator('input[type=email]').fill(MOCK_EMAIL);
    await page.locator('input[type=password]').fill('guess');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
    expect(await page.locator('input[type=email]').inputValue()).toBe(MOCK_EMAIL);
    expect(await page.locator('.list').count()).toBe(0);
  });

  it('lets in with the right one, and stays in after a reload', async () => {
    const { page, complaints } = await stage.signedIn();
    await page.reload();
    await page.locator('.row').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('trades a one-time link and takes it out of the address', async () => {
    const { baseUrl } = { baseUrl: stage.mock().url };
    const { page, context } = await openPage(stage.browser(), { baseUrl, link: MOCK_LINK });
    await page.locator('.row').first().waitFor();
    expect(page.url()).not.toContain('link');
    await context.close();
    const again = await openPage(stage.browser(), { baseUrl, link: MOCK_LINK });
    await again.page.getByRole('alert').filter({ hasText: 'no longer works' }).waitFor();
    expect(again.page.url()).not.toContain('link');
    await again.context.close();
  });

  it('goes back to the sign-in page when the session has ended, and says so', async () => {
    const { page } = await stage.signedIn();
    stage.mock().endSessions();
    await page.getByRole('button', { name: 'Bot working' }).click();
    await page.getByText('Your session has ended').waitFor();
    await page.locator('input[type=email]').fill(MOCK_EMAIL);
    await page.locator('input[type=password]').fill(MOCK_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.row').first().waitFor();
  });

  it('signs out and closes the live stream', async () => {
    const { page } = await stage.signedIn();
    await until(() => stage.mock().live.connections() === 1, 'the live stream opens');
    await page.getByRole('button', { name: 'Display and session' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('.sign-in-card').waitFor();
    await until(() => stage.mock().live.connections() === 0, 'the live stream closes');
    expect(await page.getByText('Your session has ended').count()).toBe(0);
  });
});
