/** Photos follow the text that names their articles, and nothing else (domain 12.14, lesson F-18). */
import { describe, expect, it } from 'vitest';
import type { FindPhotosInput, SendInput } from './actors.ts';
import { CHAIR, Driver } from './testing/driver.ts';

const STOOL = { ...CHAIR, sku: 'ST-10', name: 'Stool 10', nameAr: 'مقعد 10' };

const asked = (skus: readonly string[], reply: string): Driver => {
  const driver = new Driver();
  driver.says('Can I see the chair?');
  driver.settleCustomer();
  driver.wait(1500);
  driver.brief({ products: [CHAIR, STOOL] });
  driver.thinks(null, [{ name: 'send_photos', args: { skus } }]);
  driver.thinks(reply);
  return driver;
};
const files = (driver: Driver): readonly string[] =>
  [...driver.children.values()].flatMap(({ src, input }) => {
    const { file } = src === 'sendMessage' ? (input as SendInput) : { file: undefined };
    return file ? [file.name] : [];
  });
const photo = (name: string) => ({ path: `p/${name}`, name, kind: 'image' as const });

describe('photos', () => {
  it('go out after the reply, of the articles that it names', () => {
    const driver = asked(['ch 616', 'ST-10'], 'Here is the Ergo Task Chair 616 at 450.00 AED.');
    expect(driver.running('findPhotos')).toBe(false);
    driver.sent();
    expect(driver.child('findPhotos').input as FindPhotosInput).toEqual({ skus: ['CH-616'] });
    driver.done('findPhotos', { files: [photo('CH-616.png')] });
    expect(files(driver)).toEqual(['CH-616.png']);
    expect(driver.in('turn.idle')).toBe(true);
  });

  it('are several messages, each once', () => {
    const driver = asked(['CH-616', 'ST-10'], 'Here are CH-616 and ST-10.');
    driver.sent();
    driver.done('findPhotos', { files: [photo('CH-616.png'), photo('ST-10.png')] });
    expect(files(driver)).toEqual(['CH-616.png', 'ST-10.png']);
  });

  it('of an article that the reply does not name stay away', () => {
    const driver = asked(['ST-10'], 'Which size should it have?');
    driver.sent();
    expect(driver.running('findPhotos')).toBe(false);
    expect(driver.in('turn.idle')).toBe(true);
  });

  it('of an article that was never found are refused to the model', () => {
    const driver = new Driver();
    driver.untilThinking('Can I see XX-999?');
    driver.thinks(null, [{ name: 'send_photos', args: { skus: ['XX-999'] } }]);
    expect(driver.prompt.messages.at(-1)?.content).toContain('"ok":false');
  });

  it('that cannot be found cost nothing but themselves', () => {
    const driver = asked(['CH-616'], 'Here is CH-616.');
    driver.sent();
    driver.fail('findPhotos');
    expect(driver.in('turn.idle')).toBe(true);
    expect(driver.commands).toEqual([]);
  });

  it('end when a person takes over', () => {
    const driver = asked(['CH-616'], 'Here is CH-616.');
    driver.sent();
    driver.send({ type: 'manager.takeOver', by: { id: 'm', name: 'Aisha' } });
    expect(driver.running('findPhotos')).toBe(false);
    expect(driver.in('turn.idle')).toBe(true);
  });

  it('make a message that comes meanwhile wait only for them', () => {
    const driver = asked(['CH-616'], 'Here is CH-616.');
    driver.sent();
    driver.says('And in grey?');
    driver.done('findPhotos', { files: [photo('CH-616.png')] });
    expect(driver.in('turn.working')).toBe(true);
  });
});
