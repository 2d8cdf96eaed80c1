import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GRACE, LAYLA, OMAR, pathOf, SHUT, type Stage, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

const openAt = async (stage: Stage, id: string): Promise<Page> => {
  const { page } = await stage.signedIn();
  await page.goto(stage.mock().url + pathOf(id));
  await page.locator('.step').first().waitFor();
  await page.locator('.bubble').first().waitFor();
  return page;
};

const seqs = async (page: Page): Promise<readonly number[]> =>
  page.locator('.step').evaluateAll((rows) => rows.map((row) => Number(row.dataset.seq)));

const news = (title: string) => ({
  event: 'customer.message',
  cause: 'customer' as const,
  importance: 2 as const,
  title,
});

describe.skipIf(reason !== null)(`a conversation${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('follows live: a message, its step and the states arrive together', async () => {
    const page = await openAt(stage, LAYLA);
    stage.mock().step(LAYLA, {
      ...news('The customer asked for delivery'),
      states: { turn: 'turn.working.gathering' },
      message: { from: 'customer', text: 'And when can you deliver?' },
    });
    await page.locator('.bubble', { hasText: 'And when can you deliver?' }).waitFor();
    await page.locator('.step', { hasText: 'The customer asked for delivery' }).waitFor();
    await page.locator('.state-node.is-leaf', { hasText: 'Reading along' }).waitFor();
  });

  it('keeps each step once, in order, when frames are lost on the way', async () => {
    const page = await openAt(stage, LAYLA);
    const { seq } = stage.mock().conversation(LAYLA).detail;
    stage
      .mock()
      .live.lose.add(seq + 1)
      .add(seq + 2);
    for (const title of ['first', 'second', 'third']) stage.mock().step(LAYLA, news(title));
    await page.locator('.step', { hasText: 'third' }).waitFor();
    await page.locator('.step', { hasText: 'first' }).waitFor();
    const shown = await seqs(page);
    expect(shown.slice(-3)).toEqual([seq + 1, seq + 2, seq + 3]);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('catches up after a broken connection without showing anything twice', async () => {
    const page = await openAt(stage, LAYLA);
    await until(() => stage.mock().live.connections() === 1, 'the live stream opens');
    stage.mock().live.dropAll();
    stage
      .mock()
      .step(LAYLA, { ...news('while away'), message: { from: 'customer', text: 'Are you there?' } });
    await page.locator('.step', { hasText: 'while away' }).waitFor();
    await page.locator('.bubble', { hasText: 'Are you there?' }).waitFor();
    expect(await page.locator('.bubble', { hasText: 'Are you there?' }).count()).toBe(1);
    const shown = await seqs(page);
    expect([...shown].sort((a, b) => a - b)).toEqual(shown);
  });

  it('stands still while inspected, counts what is new, and returns to live by one control', async () => {
    const page = await openAt(stage, LAYLA);
    await page.locator('.step-head').first().click();
    const place = await page.locator('.step').first().boundingBox();
    stage.mock().step(LAYLA, news('news one'));
    stage.mock().step(LAYLA, news('news two'));
    await page.getByRole('button', { name: '2 new, jump to live' }).waitFor();
    expect(await page.locator('.step').first().boundingBox()).toEqual(place);
    await page.getByRole('button', { name: '2 new, jump to live' }).click();
    await until(
      () =>
        page
          .locator('.timeline-scroll')
          .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2),
      'the newest step is in sight',
    );
    expect(await page.locator('.timeline-pill').count()).toBe(0);
  });

  it('explains a message: the step that made it opens, with its guards and changes', async () => {
    const page = await openAt(stage, LAYLA);
    await page.locator('.from-bot .bubble').last().hover();
    await page.locator('.from-bot .why').last().click();
    const step = page.locator('.step.is-selected');
    await step.getByText('grounded', { exact: true }).waitFor();
    await step.getByText('order › lines › 0').waitFor();
    expect(await step.locator('.step-details').isVisible()).toBe(true);
    expect(await page.locator('.is-explained').count()).toBe(1);
    await step.getByText('done · ', { exact: false }).getByText('2 attempts').first().waitFor();
    const why = page.getByRole('complementary', { name: 'Why did it say this?' });
    await why.getByText('company is Haddad & Partners').waitFor();
    await why.getByText('“window open” held').waitFor();
    await why.getByText('Prompts: persona@3, rules@7').first().waitFor();
  });

  it('is taken over, written to and given back with a note', async () => {
    const page = await openAt(stage, OMAR);
    expect(await page.getByRole('button', { name: 'Reply', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: /Take over/ }).click();
    await page.locator('.owner-line.is-manager', { hasText: 'Bot is silent: Aisha Rahman' }).waitFor();
    await page.locator('.owner-line', { hasText: /Offered back to the bot in 7 h 59 min/ }).waitFor();
    // From another it could be taken, from oneself there is nothing to take.
    await until(
      async () => (await page.getByRole('button', { name: /Take over/ }).count()) === 0,
      'it is ours',
    );
    await page.getByRole('textbox', { name: 'Write to the customer' }).fill('Omar, Aisha here. I am on it.');
    await page.keyboard.press('Enter');
    await page.locator('.from-manager .bubble', { hasText: 'I am on it.' }).waitFor();
    await until(async () => (await page.locator('.is-sending').count()) === 0, 'the reply has arrived');
    expect(await page.locator('.bubble', { hasText: 'I am on it.' }).count()).toBe(1);
    await page.getByRole('button', { name: /Give back/ }).click();
    await page.getByRole('textbox', { name: /Note for the bot/ }).fill('Delivery is on Thursday');
    await page.getByRole('dialog').getByRole('button', { name: 'Give back to bot' }).click();
    await page.locator('.owner-line.is-bot').waitFor();
    const released = stage.mock().conversation(OMAR).rows.at(-1);
    expect(released?.event).toEqual({ type: 'manager.release', data: { note: 'Delivery is on Thursday' } });
  });

  it('turns at the click, and turns back with the reason when the server refuses', async () => {
    const page = await openAt(stage, OMAR);
    const answerNow = stage.mock().hold(/take-over$/);
    await page.getByRole('button', { name: /Take over/ }).click();
    await page.locator('.owner-line.is-manager').waitFor();
    answerNow();
    await until(() => stage.mock().conversation(OMAR).detail.owner === 'manager', 'the server agreed');
    const other = await openAt(stage, LAYLA);
    stage.mock().conversation(LAYLA).detail = {
      ...stage.mock().conversation(LAYLA).detail,
      allowedEvents: [],
    };
    await other.getByRole('button', { name: /Take over/ }).click();
    await other.getByText('The conversation is in another state now').waitFor();
    await other.locator('.owner-line.is-bot').waitFor();
  });

  it('is for a chosen time when one is chosen', async () => {
    const page = await openAt(stage, LAYLA);
    const asked = page.waitForRequest(/take-over$/);
    await page.getByLabel('Take over, and offer the chat back to the bot after').selectOption('30 min');
    expect((await asked).postDataJSON()).toEqual({ returnInMs: 1_800_000 });
    await page.locator('.owner-line.is-manager', { hasText: /back to the bot in (30|29) min/ }).waitFor();
  });

  it('shows a note before the server has it, as on its way, and then as kept', async () => {
    const page = await openAt(stage, GRACE);
    const answerNow = stage.mock().hold(/notes$/);
    await page.locator('.composer-kinds').getByRole('button', { name: /Note/ }).click();
    await page.locator('.composer textarea').fill('Parking is on level 2');
    await page.locator('.composer-send').click();
    const bubble = page.locator('.from-note', { hasText: 'Parking is on level 2' });
    await bubble.locator('.bubble.is-sending').waitFor();
    expect(stage.mock().conversation(GRACE).messages.at(-1)?.text).not.toBe('Parking is on level 2');
    answerNow();
    await bubble.locator('.bubble:not(.is-sending)').waitFor();
    await expect.poll(() => bubble.count()).toBe(1);
  });

  it('never loses a reply that could not be sent', async () => {
    const page = await openAt(stage, GRACE);
    stage.mock().broken = true;
    await page.getByRole('textbox', { name: 'Write to the customer' }).fill('The plan is ready');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.bubble-trouble', { hasText: 'The database is away' }).waitFor();
    stage.mock().broken = false;
    await page.getByRole('button', { name: 'Send again' }).click();
    await until(
      async () => (await page.locator('.bubble-line.is-sending, .bubble-line.is-failed').count()) === 0,
      'the reply has arrived',
    );
    expect(await page.locator('.bubble', { hasText: 'The plan is ready' }).count()).toBe(1);
  });

  it('keeps what is being written while another conversation is looked at', async () => {
    const page = await openAt(stage, GRACE);
    await page.getByRole('textbox', { name: 'Write to the customer' }).fill('Half a thought');
    await page.locator(`[data-id="${OMAR}"]`).click();
    await page.locator('h1', { hasText: 'Omar' }).waitFor();
    await page.locator(`[data-id="${GRACE}"]`).click();
    const field = page.getByRole('textbox', { name: 'Write to the customer' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('Half a thought');
  });

  it('never turns a note that is being written into a message to the customer', async () => {
    const page = await openAt(stage, OMAR);
    await page
      .getByRole('textbox', { name: 'Note, for colleagues only' })
      .fill('He always shouts, offer 5 %');
    await page.getByRole('button', { name: /Take over/ }).click();
    await page.locator('.owner-line.is-manager').waitFor();
    await page.getByRole('button', { name: 'Reply' }).waitFor();
    const field = page.getByRole('textbox', { name: 'Note, for colleagues only' });
    expect(await field.inputValue()).toBe('He always shouts, offer 5 %');
    await field.press('Enter');
    await page.locator('.from-note .bubble', { hasText: 'He always shouts' }).waitFor();
    expect(stage.mock().conversation(OMAR).messages.at(-1)?.from).toBe('note');
  });

  it('says that the window is shut and offers a note instead of a reply', async () => {
    const page = await openAt(stage, SHUT);
    await page.getByText('The 24-hour window is closed').waitFor();
    expect(await page.getByRole('textbox', { name: 'Write to the customer' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Send a template' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Quotation is ready/ })
      .click();
    await page.getByRole('dialog').getByLabel('Value 1').fill('Sami');
    await page.getByRole('dialog').getByLabel('Value 2').fill('TJ-1042');
    await page.getByRole('dialog').getByRole('button', { name: 'Send to the customer' }).click();
    await page.locator('.from-manager .bubble', { hasText: 'Hello Sami, your quotation TJ-1042' }).waitFor();
    await page.getByRole('textbox', { name: 'Note, for colleagues only' }).fill('Call on Monday');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.locator('.from-note .bubble', { hasText: 'Call on Monday' }).waitFor();
  });

  it('is paused with a reason and resumed, and shows the quotation with its totals', async () => {
    const page = await openAt(stage, GRACE);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByLabel('Why, for your colleagues').fill('The order is checked');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: The order is checked').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await until(async () => (await page.getByText('Paused:').count()) === 0, 'it goes on');
    const facts = page.locator('.facts');
    expect(await facts.textContent()).toMatch(/TJ-20261122-0042.*AED 920\.00.*AED 19,320\.00/);
  });

  it('says why a message did not arrive', async () => {
    const page = await openAt(stage, GRACE);
    await page.getByText('The channel is not connected to WhatsApp').waitFor();
  });

  it('shows who else is here and who writes, and tells others when we write', async () => {
    const page = await openAt(stage, GRACE);
    await until(
      () => stage.mock().live.heard.some((said) => JSON.stringify(said).includes(`conversation:${GRACE}`)),
      'subscribed',
    );
    stage.mock().live.presence(GRACE, ['Aisha Rahman', 'Bilal Khan'], ['Bilal Khan']);
    await page.getByText('Bilal Khan is writing…').waitFor();
    await page.getByText('Also here: Bilal Khan').waitFor();
    await page.getByRole('textbox', { name: 'Write to the customer' }).fill('Hello');
    await until(
      () =>
        stage
          .mock()
          .live.heard.some(
            (said) =>
              JSON.stringify(said) === JSON.stringify({ presence: `conversation:${GRACE}`, writing: true }),
          ),
      'others are told',
    );
  });

  it('says so when there is no such conversation', async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf('wz:main:0'));
    await page.getByText('There is no such conversation').waitFor();
  });
});
