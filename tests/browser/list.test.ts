import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { applyStep, startConversation } from './mock/world.ts';
import { GRACE, LAYLA, NASSER, OMAR, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

const newcomer = (chatId: string, name: string) => {
  const at = Date.now() - 3 * 3_600_000;
  const chat = startConversation({ chatId, name, at });
  applyStep(chat, {
    at,
    event: 'customer.message',
    title: 'The customer wrote',
    message: { from: 'customer', text: `${name} needs a desk` },
  });
  return chat;
};

const firstNames = async (page: Page, count: number): Promise<readonly string[]> =>
  (await page.locator('.row .row-name > bdi').allTextContents()).slice(0, count);

const row = (page: Page, id: string) => page.locator('.row', { has: page.locator(`[data-id="${id}"]`) });

describe.skipIf(reason !== null)(`the list of conversations${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('puts who waits longest for us first', async () => {
    const { page } = await stage.signedIn();
    expect(await firstNames(page, 3)).toEqual(['Omar Nasser', 'Priya Menon', 'ناصر الكعبي']);
  });

  it('shows a newcomer at once while nobody points at the list', async () => {
    const { page } = await stage.signedIn();
    await page.mouse.move(10, 10);
    stage.mock().add(newcomer('971500000900', 'Newcomer'));
    await page.getByText('Newcomer needs a desk').waitFor();
    expect((await firstNames(page, 1))[0]).toBe('Newcomer');
  });

  it('does not move under the pointer: rows change in place, the rest waits behind a pill', async () => {
    const { page } = await stage.signedIn();
    const before = await firstNames(page, 6);
    await row(page, LAYLA).hover();
    const place = await row(page, LAYLA).boundingBox();
    stage.mock().add(newcomer('971500000900', 'Newcomer'));
    stage.mock().step(LAYLA, {
      cause: 'customer',
      event: 'customer.message',
      title: 'The customer wrote',
      message: { from: 'customer', text: 'One more thing' },
    });
    await row(page, LAYLA).getByText('One more thing').waitFor();
    await page.locator('.list-pill').waitFor();
    expect(await firstNames(page, 6)).toEqual(before);
    expect(await row(page, LAYLA).boundingBox()).toEqual(place);
    await page.locator('.list-pill').click();
    await until(async () => (await firstNames(page, 1))[0] === 'Newcomer', 'the newcomer is shown');
  });

  it('renders only what is in sight, and brings the rest by scrolling', async () => {
    const { page } = await stage.signedIn();
    expect(stage.mock().conversations.size).toBeGreaterThan(60);
    expect(await page.locator('.row').count()).toBeLessThan(40);
    await page.locator('.list-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByText('Arjun Rao 60').waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(40);
  });

  it('goes on past its first page while it is scrolled, without a storm of requests and without a jump', async () => {
    const mock = stage.mock();
    for (let index = 0; index < 500; index += 1) {
      const chatId = `97155${String(index).padStart(7, '0')}`;
      mock.add(
        startConversation({ chatId, name: `Quiet ${index}`, at: Date.UTC(2025, 0, 1) - index * 1000 }),
      );
    }
    const { page } = await stage.signedIn();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/conversations\?.*cursor=/.test(request.url())) asked.push(request.url());
    });
    await page.locator('.list-scroll').hover();
    const height = () => page.locator('.rows').evaluate((rows) => rows.clientHeight);
    for (let pages = 1; pages <= 2; pages += 1) {
      const before = await height();
      await page.locator('.list-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await expect.poll(height).toBeGreaterThan(before);
      expect(asked).toHaveLength(pages);
    }
    await page.locator('.list-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByText('Quiet 499').first().waitFor();
    expect(await page.locator('.list-pill').count()).toBe(0);
    expect(await page.locator('.row').count()).toBeLessThan(40);
    expect(asked).toHaveLength(2);
  });

  it('filters by tab, by language, by stage and by what is typed', async () => {
    const { page } = await stage.signedIn();
    await page.getByRole('button', { name: 'Needs a person' }).click();
    await until(async () => (await page.locator('.row').count()) === 3, 'three conversations need a person');
    await page.locator('.tab.is-all').click();
    await page.locator('.list-search').getByLabel('Language').selectOption('ar');
    await until(
      async () => (await firstNames(page, 9)).every((name) => /\p{Script=Arabic}/u.test(name)),
      'Arabic only',
    );
    await page.locator('.list-search').getByLabel('Language').selectOption('any');
    await page.locator('.list-search').getByLabel('Stage').selectOption('selecting');
    const choosing = [...stage.mock().conversations.values()].filter(({ detail }) =>
      detail.states.some((state) => state.startsWith('order.selecting')),
    ).length;
    expect(choosing).toBeGreaterThan(0);
    await until(async () => (await page.locator('.row').count()) === choosing, 'those who are choosing');
    await page.locator('.list-search').getByLabel('Stage').selectOption('any');
    await page.getByRole('searchbox').fill('0104');
    await until(async () => (await page.locator('.row').count()) === 1, 'one conversation is found');
    expect(await row(page, NASSER).count()).toBe(1);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await row(page, OMAR).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('counts in the tab’s title those who need a person', async () => {
    const { page } = await stage.signedIn();
    await until(async () => (await page.title()).startsWith('(1)'), 'one needs a person');
    stage.mock().step(LAYLA, {
      event: 'x',
      title: 'x',
      states: { owner: 'owner.waiting' },
      detail: { owner: 'waiting' },
    });
    await until(async () => (await page.title()).startsWith('(2)'), 'two need a person');
  });

  it('shows what is stuck under its own tab, with counts of the whole shop and the next timer in words', async () => {
    const { page } = await stage.signedIn();
    const tab = page.locator('.tab.is-stuck');
    await tab.locator('.tab-count').waitFor();
    const counted = Number(await tab.locator('.tab-count').textContent());
    expect(counted).toBeGreaterThan(0);
    expect(Number(await page.locator('.tab.is-all .tab-count').textContent())).toBe(
      stage.mock().conversations.size,
    );
    await tab.click();
    await until(async () => (await page.locator('.row').count()) === counted, 'the stuck ones are listed');
    await page.locator('.row', { hasText: 'Priya Menon' }).getByText('Parked').waitFor();
    stage.mock().step(GRACE, {
      cause: 'bot',
      event: 'quote.sent',
      title: 'The quotation was sent',
      detail: {
        paused: true,
        nextTimer: {
          id: 'followUp1',
          label: 'First follow-up',
          at: new Date(Date.now() + 2.5 * 3_600_000).toISOString(),
        },
      },
    });
    const grace = row(page, GRACE);
    await grace.getByText('Paused').waitFor();
    expect(await grace.locator('.row-timer').textContent()).toMatch(/First follow-up\s*in 2 h/);
    await until(
      async () => Number(await tab.locator('.tab-count').textContent()) === counted + 1,
      'the count follows',
    );
  });

  it('says that the connection is lost, comes back by itself and catches up', async () => {
    const { page } = await stage.signedIn();
    await until(() => stage.mock().live.connections() === 1, 'the live stream opens');
    stage.mock().live.dropAll();
    await page.getByText('Connection lost').first().waitFor();
    stage.mock().add(newcomer('971500000901', 'Missed'));
    await page.getByText('Missed needs a desk').waitFor();
    await until(async () => (await page.locator('.offline-banner').count()) === 0, 'the banner goes');
  });

  it('shows a failure with a way to try again', async () => {
    const { page } = await stage.signedIn();
    stage.mock().broken = true;
    await page.goto(`${stage.mock().url}/admin/parked`);
    await page.getByText('The database is away').waitFor();
    stage.mock().broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.letter').first().waitFor();
  });
});
