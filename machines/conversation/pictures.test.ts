/** Pictures and documents are looked at, handed over or acknowledged; none is ignored (domain 16.6, lesson F-41). */
import { describe, expect, it } from 'vitest';
import type { LookAtInput } from './actors.ts';
import { Driver, TIMING } from './testing/driver.ts';
import { mediaOnlyLine } from './texts.ts';

const PHOTO = { uri: 'https://store.test/photo.png', name: 'photo.png' };

const sendsPicture = (text = '') => {
  const driver = new Driver();
  const messageId = driver.says(text, { kind: 'image', media: PHOTO });
  driver.settleCustomer();
  driver.wait(TIMING.debounceMs);
  return { driver, messageId };
};

describe('a picture', () => {
  it('is looked at with the words beside it', () => {
    const { driver, messageId } = sendsPicture('do you have this?');
    expect((driver.child('lookAt').input as LookAtInput).pictures).toEqual([
      { messageId, kind: 'image', ...PHOTO, caption: 'do you have this?' },
    ]);
  });

  it('of a product is searched for by its description, with the customer’s words', () => {
    const { driver, messageId } = sendsPicture('do you have this?');
    driver.done('lookAt', { seen: [{ messageId, what: 'product', description: 'black mesh chair' }] });
    expect(driver.child('brief').input).toMatchObject({
      text: '[the customer sent a picture of: black mesh chair] do you have this?',
    });
    expect(driver.context.dialogue.at(-1)?.text).toContain('black mesh chair');
  });

  it('of a plan goes to a person at once, by trigger 14', () => {
    const { driver, messageId } = sendsPicture();
    driver.done('lookAt', { seen: [{ messageId, what: 'plan', description: null }] });
    expect(driver.in('owner.waiting')).toBe(true);
    expect(driver.context.owner.trigger).toBe(14);
    expect(driver.sending).toEqual([
      expect.stringMatching(/^Hello, I'm Noor from Treejar\.\n\nThank you\. I have passed/),
    ]);
    expect(driver.running('think')).toBe(false);
  });

  it.each(['other', 'unseen'] as const)('that is %s and came without words is acknowledged', (what) => {
    const { driver, messageId } = sendsPicture();
    driver.done('lookAt', { seen: [{ messageId, what, description: null }] });
    expect(driver.sending).toEqual([
      expect.stringContaining(mediaOnlyLine('image', { language: 'en', dialogue: [] })),
    ]);
    expect(driver.commands.filter(({ type }) => type === 'alertManager')).toHaveLength(1);
    expect(driver.in('owner.bot')).toBe(true);
  });

  it('that cannot be looked at leaves the words to be answered', () => {
    const { driver } = sendsPicture('do you have this in grey?');
    driver.fail('lookAt');
    expect(driver.child('brief').input).toMatchObject({
      text: '[the customer sent a picture] do you have this in grey?',
    });
  });

  it('is looked at once, though another message follows', () => {
    const { driver, messageId } = sendsPicture('do you have this?');
    driver.done('lookAt', { seen: [{ messageId, what: 'product', description: 'black mesh chair' }] });
    driver.says('twelve of them');
    driver.wait(TIMING.debounceMs);
    expect(driver.running('lookAt')).toBe(false);
  });
});
