/** The simulator's phones: side by side, spoken to, silent, heard twice, and without a microphone. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Stage, useStage } from './stage.ts';
import { seriousFindings, skipReason, until } from './support.ts';

const reason = skipReason();
const LAYLA = '971500000101';
const NASSER = '971500000104';

const desk = async (stage: Stage): Promise<Page> => {
  const { page } = await stage.signedIn();
  await page.goto(`${stage.mock().url}/admin/phones`);
  await phoneOf(page, 'Layla Haddad').getByText('Nothing here yet').waitFor();
  return page;
};

const phoneOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first();

const writes = async (page: Page, name: string, text: string): Promise<void> => {
  const phone = phoneOf(page, name);
  await phone.getByRole('textbox').fill(text);
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await phone.locator('.is-mine', { hasText: text }).waitFor();
};

/** What the page asked of the server for this phone, as it was sent. */
const sentBy = (page: Page, chatId: string): Promise<Record<string, unknown>> =>
  page
    .waitForRequest((request) => request.url().endsWith(`/sandbox/chats/${chatId}/messages`))
    .then((request) => request.postDataJSON());

// A microphone that hums; whether the page may use it is for each test to say.
const FAKE_MICROPHONE = ['--use-fake-device-for-media-stream'];

describe.skipIf(reason !== null)(`the phones${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage(FAKE_MICROPHONE);

  it('stand side by side, each with its own chat, and a new one joins them', async () => {
    const page = await desk(stage);
    await writes(page, 'Layla Haddad', 'Do you have desks?');
    await phoneOf(page, 'Layla Haddad').locator('.is-theirs').waitFor();
    expect(await phoneOf(page, 'ناصر الكعبي').locator('.phone-line').count()).toBe(0);
    await page.getByPlaceholder('Customer’s name').fill('Grace Miller');
    await page.getByRole('button', { name: 'Add a phone' }).click();
    await writes(page, 'Grace Miller', 'Hello there');
    expect(await page.locator('.phone').count()).toBe(3);
    expect(stage.mock().phones.chats().length).toBe(2);
  });

  it('read what reaches them, unless their customer has gone silent', async () => {
    const page = await desk(stage);
    const nasser = phoneOf(page, 'ناصر الكعبي');
    await nasser.getByLabel('Go silent').check();
    const statuses = (chatId: string) =>
      stage
        .mock()
        .phones.chat(chatId)
        .filter(({ from }) => from === 'business')
        .map(({ status }) => status);
    await writes(page, 'ناصر الكعبي', 'مرحبا');
    await nasser.locator('.is-theirs').waitFor();
    // The other phone is looked at: when its answer is read, the silent one had its chance too.
    await writes(page, 'Layla Haddad', 'Hello');
    await until(() => statuses(LAYLA).join() === 'read', 'the answer is read');
    expect(statuses(NASSER)).toEqual(['delivered']);
    await nasser.getByLabel('Go silent').uncheck();
    await until(() => statuses(NASSER).join() === 'read', 'the other answer is read too');
  });

  it('deliver a message twice when they are told to, files too', async () => {
    const page = await desk(stage);
    const phone = phoneOf(page, 'Layla Haddad');
    await phone.getByLabel('Deliver twice').check();
    const [text] = await Promise.all([sentBy(page, LAYLA), writes(page, 'Layla Haddad', 'Twice please')]);
    expect(text).toMatchObject({ text: 'Twice please', times: 2 });
    const sample = phone.getByRole('button', { name: 'Voice note (sample)' });
    const [voice] = await Promise.all([sentBy(page, LAYLA), sample.click()]);
    expect(voice).toMatchObject({ kind: 'audio', times: 2 });
    expect(voice).not.toHaveProperty('file');
    await phone.getByLabel('Deliver twice').uncheck();
    const [once] = await Promise.all([sentBy(page, LAYLA), writes(page, 'Layla Haddad', 'Once')]);
    expect(once).toMatchObject({ text: 'Once', times: 1 });
  });

  it('record a voice note with the microphone and send it, or throw it away', async () => {
    const page = await desk(stage);
    await page.context().grantPermissions(['microphone'], { origin: stage.mock().url });
    const phone = phoneOf(page, 'Layla Haddad');
    await phone.getByRole('button', { name: 'Record a voice note' }).click();
    await phone.getByText('Recording', { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await phone.getByRole('button', { name: 'Discard the voice note' }).click();
    await phone.getByRole('textbox').waitFor();
    expect(stage.mock().phones.chats()).toEqual([]);
    await phone.getByRole('button', { name: 'Record a voice note' }).click();
    await phone.getByText('0:01').waitFor();
    const [sent] = await Promise.all([
      sentBy(page, LAYLA),
      phone.getByRole('button', { name: 'Send the voice note' }).click(),
    ]);
    expect(sent).toMatchObject({ kind: 'audio', file: { contentType: 'audio/webm', name: 'voice.webm' } });
    const { base64 } = (sent as { file: { base64: string } }).file;
    // What every WebM file begins with (EBML's own mark).
    expect(Buffer.from(base64, 'base64').subarray(0, 4).toString('hex')).toBe('1a45dfa3');
    await phone.locator('.is-mine .media').waitFor();
    await phone.getByRole('textbox').waitFor();
  });

  it('say in a sentence that the microphone is refused; the sample can still be sent', async () => {
    const page = await desk(stage);
    await page.context().clearPermissions();
    const phone = phoneOf(page, 'Layla Haddad');
    await phone.getByRole('button', { name: 'Record a voice note' }).click();
    await phone.getByRole('alert').getByText('may not use the microphone').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await phone.getByRole('button', { name: 'Voice note (sample)' }).click();
    await phone.locator('.is-mine .media').waitFor();
  });
});
