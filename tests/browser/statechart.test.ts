import { beforeAll, describe, expect, it } from 'vitest';
import { machineLayout } from './mock/layout.ts';
import { LAYLA, pathOf, useStage } from './stage.ts';
import { seriousFindings, skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`the statechart${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();
  // A second of CPU that no test's patience is for.
  beforeAll(() => machineLayout());

  const openChart = async () => {
    const { page, complaints } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.step').first().waitFor();
    await page.keyboard.press('m');
    await page.locator('.chart-state.is-current').first().waitFor();
    return { page, complaints };
  };

  it('follows live, points at the timeline and is pointed at, and is the same in words', async () => {
    const { page, complaints } = await openChart();
    stage.mock().step(LAYLA, {
      event: 'customer.message',
      cause: 'customer',
      importance: 2,
      title: 'The customer wrote',
      states: { turn: 'turn.working.gathering' },
    });
    const gathering = page.locator('.chart-state[data-state="turn.working.gathering"]');
    await page.locator('.chart-state.is-current[data-state="turn.working.gathering"]').waitFor();
    await page.locator('.chart-arrow.is-last').first().waitFor({ state: 'attached' });
    await gathering.hover();
    const { seq } = stage.mock().conversation(LAYLA).detail;
    await page.locator(`.step.is-linked[data-seq="${seq}"]`).waitFor();
    await page.locator(`.step[data-seq="${seq}"] .step-head`).hover();
    await page.locator('.chart-state.is-lit[data-state="turn.working.gathering"]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'As words' }).click();
    expect(await page.locator('.region-tree [aria-current="step"] > .tree-state').textContent()).toContain(
      'Reading along',
    );
    expect(complaints).toEqual([]);
  });

  it('replays the journal: chat, timeline, picture and memory stand at one step', async () => {
    const { page } = await openChart();
    const { rows, messages } = stage.mock().conversation(LAYLA);
    const wrote = messages.findLast(({ from }) => from === 'customer');
    const answered = messages.findLast(({ from }) => from === 'bot');
    if (wrote === undefined || answered === undefined) throw new Error('the story has a turn');
    await page.keyboard.press('y');
    await page.locator('.replay').waitFor();
    await page.keyboard.press('Shift+[');
    await page.locator(`.step.is-selected[data-seq="${answered.seq}"]`).waitFor();
    await page.keyboard.press('[');
    await page.locator(`.step.is-selected[data-seq="${answered.seq - 1}"]`).waitFor();
    await until(
      async () => (await page.locator('.bubble', { hasText: answered.text.slice(0, 20) }).count()) === 0,
      'the answer is not said yet',
    );
    const before = rows
      .find((row) => row.seq === answered.seq - 1)
      ?.to.find((path) => path.startsWith('turn.'));
    await page.locator(`.chart-state.is-current[data-state="${before}"]`).first().waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press(']');
    await page.locator('.memory-area.is-fresh').first().waitFor();
    await page.keyboard.press('y');
    await page.locator('.replay').waitFor({ state: 'detached' });
    await page.locator('.timeline-mode.is-follow').waitFor();
  });

  it('shows where conversations are and go, and opens those behind a number', async () => {
    const { page } = await stage.signedIn();
    await page.goto(`${stage.mock().url}/admin/machine`);
    const row = page.getByRole('row', { name: /^Waiting for the customer/ }).first();
    await row.getByRole('button', { name: '34 %' }).waitFor();
    await page.locator('.chart-state.heat-4[data-state="turn.idle"]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await row.getByRole('button', { name: '900' }).click();
    await page.getByRole('dialog').getByRole('link').first().click();
    await page.locator('.step').first().waitFor();
  });
});
