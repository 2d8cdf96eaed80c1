/** What the model writes is seen growing, is never taken for said, and makes way for the message. */
import { describe, expect, it } from 'vitest';
import { LAYLA, OMAR, pathOf, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`the typing preview${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  const open = async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.locator('.bubble').first().waitFor();
    await until(() => stage.mock().live.connections() === 1, 'the live stream opens');
    return page;
  };

  it('grows as an unchecked draft, and is replaced by the real message', async () => {
    const page = await open();
    const preview = page.locator('.is-preview');
    await until(async () => {
      stage.mock().live.typing(LAYLA, 'Yes, we have');
      return (await preview.count()) === 1;
    }, 'the preview is there');
    stage.mock().live.typing(LAYLA, 'Yes, we have twelve of them for 10.00 AED.');
    await preview.getByText('for 10.00 AED').waitFor();
    await preview.getByText('Unchecked preview, not sent').waitFor();
    await preview.getByText('The bot is writing').waitFor();
    stage.mock().live.typing(LAYLA, '');
    stage.mock().step(LAYLA, {
      event: 'xstate.done.actor.think',
      cause: 'bot',
      importance: 2,
      title: 'The bot answered',
      message: { from: 'bot', text: 'Yes, twelve Ergo chairs.' },
    });
    await page.locator('.bubble', { hasText: 'Yes, twelve Ergo chairs.' }).waitFor();
    expect(await preview.count()).toBe(0);
    expect(await page.getByText('for 10.00 AED').count()).toBe(0);
  });

  it('goes when the model ends without a word, and belongs to its conversation', async () => {
    const page = await open();
    const preview = page.locator('.is-preview');
    await until(async () => {
      stage.mock().live.typing(OMAR, 'Not for Layla');
      stage.mock().live.typing(LAYLA, 'Let me see');
      return (await preview.count()) === 1;
    }, 'the preview is there');
    expect(await page.getByText('Not for Layla').count()).toBe(0);
    stage.mock().live.typing(LAYLA, '');
    await until(async () => (await preview.count()) === 0, 'the preview is gone');
  });

  it('does not move for those who want less motion', async () => {
    const page = await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const dot = page.locator('.preview-dots span').first();
    await until(async () => {
      stage.mock().live.typing(LAYLA, 'Yes');
      return (await dot.count()) === 1;
    }, 'the preview is there');
    const animation = () =>
      page.evaluate<string>("getComputedStyle(document.querySelector('.preview-dots span')).animationName");
    expect(await animation()).toBe('none');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await animation()).toBe('pulse');
  });
});
