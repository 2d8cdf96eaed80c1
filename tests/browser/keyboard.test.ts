import { describe, expect, it } from 'vitest';
import { LAYLA, OMAR, pathOf, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();

describe.skipIf(reason !== null)(`the keyboard${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('walks the list, opens, takes over, writes, and goes back', async () => {
    const { page } = await stage.signedIn();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.locator('.row.is-marked .row-name', { hasText: 'Omar Nasser' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Omar Nasser' }).waitFor();
    await page.locator('.owner-line.is-waiting').waitFor();
    await page.keyboard.press('t');
    await page.locator('.owner-line.is-manager').waitFor();
    await until(() => stage.mock().conversation(OMAR).detail.owner === 'manager', 'it is taken');
    await page.getByRole('textbox', { name: 'Write to the customer' }).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('On my way, t j k');
    expect(await page.getByRole('textbox', { name: 'Write to the customer' }).inputValue()).toBe(
      'On my way, t j k',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await until(async () => (await page.getByRole('dialog').count()) === 0, 'the dialog is closed');
    await page.keyboard.press('Escape');
    await until(() => page.url().endsWith('/conversations'), 'back at the list');
  });

  it('plays keys that were pressed before the list had come, once it is there', async () => {
    const { page } = await stage.signedIn();
    const answerNow = stage.mock().hold(/^\/conversations$/);
    // The stream brings the first rows too: here it says nothing.
    await page.routeWebSocket(/\/live$/, () => undefined);
    await page.goto(`${stage.mock().url}/admin/conversations`);
    await page.locator('.list[aria-busy=true]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    expect(await page.locator('.row').count()).toBe(0);
    answerNow();
    await page.locator('h1', { hasText: 'Priya Menon' }).waitFor();
  });

  it('moves between conversations with j and k while one is open', async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(OMAR));
    await page.locator('h1', { hasText: 'Omar Nasser' }).waitFor();
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('h1', { hasText: 'Priya Menon' }).waitFor();
  });

  it('works by place on an Arabic layout', async () => {
    const { page } = await stage.signedIn();
    // The key at J writes "ت" there.
    await page.evaluate(
      "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ت', code: 'KeyJ', bubbles: true }))",
    );
    await page.locator('.row.is-marked').waitFor();
  });

  it('jumps by g and a letter, searches by a slash, and shows its sheet', async () => {
    const { page } = await stage.signedIn();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.locator('h1', { hasText: 'Products' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.locator('.list').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('layla');
    await until(async () => (await page.locator('.row').count()) === 1, 'Layla is found');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('goes anywhere by the palette: to a section, to a person, and from within a field', async () => {
    const { page } = await stage.signedIn();
    await page.keyboard.press('Control+KeyK');
    const field = page.getByRole('combobox', { name: /Type a page/ });
    await field.fill('know');
    await field.press('Enter');
    await page.locator('h1', { hasText: 'Knowledge' }).waitFor();
    await page.keyboard.press('Control+KeyK');
    await field.fill('layla');
    await page.getByRole('option', { name: /Layla Haddad/ }).waitFor();
    await field.press('ArrowDown');
    await field.press('ArrowUp');
    await field.press('Enter');
    await page.locator('h1', { hasText: 'Layla' }).waitFor();
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Control+KeyK');
    await field.waitFor();
  });

  it('reaches every page by the keys that its sheet tells, and by its name in the palette', async () => {
    const { page } = await stage.signedIn();
    await page.keyboard.press('Shift+?');
    const rows = page.locator('.key-sheet .key-row', { hasText: /^G.Go to/ });
    await rows.first().waitFor();
    const told = await rows.evaluateAll((all) =>
      all.map((row) => ({
        key: row.querySelector('kbd:last-of-type')?.textContent ?? '',
        place: (row.querySelector('dd')?.textContent ?? '').replace('Go to ', ''),
      })),
    );
    expect(told.length).toBe(13);
    await page.keyboard.press('Escape');
    await page.locator('.key-sheet').waitFor({ state: 'detached' });
    const arrived = (place: string) =>
      place === 'Conversations'
        ? page.locator('.list[aria-busy=false]').waitFor()
        : page.locator('h1', { hasText: place }).waitFor();
    // Both keys at once, without a machine's pauses between: a sequence has a second.
    const press = (code: string) =>
      `window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', code: '${code}', bubbles: true }))`;
    for (const { key, place } of told) {
      await page.evaluate(`${press('KeyG')}; ${press(`Key${key}`)}`);
      await arrived(place);
    }
    for (const { place } of told) {
      await page.keyboard.press('Control+KeyK');
      const field = page.getByRole('combobox', { name: /Type a page/ });
      await field.fill(place);
      await page.getByRole('option', { name: place, selected: true }).first().waitFor();
      await field.press('Enter');
      await arrived(place);
    }
  });

  it('reaches a note without a mouse and leaves the field by Escape', async () => {
    const { page } = await stage.signedIn();
    await page.goto(stage.mock().url + pathOf(LAYLA));
    await page.getByRole('textbox', { name: 'Note, for colleagues only' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Ask for the floor plan');
    await page.keyboard.press('Enter');
    await page.locator('.from-note .bubble', { hasText: 'Ask for the floor plan' }).waitFor();
  });
});
