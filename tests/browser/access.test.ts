import { describe, expect, it } from 'vitest';
import { SHOTS, type Shot } from './shots.ts';
import { useStage } from './stage.ts';
import { seriousFindings, skipReason } from './support.ts';

const reason = skipReason();
const long = process.env.TEST_LONG !== undefined;

/** What other tests do not look at already (look, statechart, reports). */
const OFTEN = new Set(['palette', 'replay', 'give-back', 'template', 'inspector', 'quality', 'review']);
const often = SHOTS.filter(({ name }) => OFTEN.has(name));

/** All of it in every look takes minutes: for `TEST_LONG=1`. */
describe.skipIf(reason !== null)(`access for everybody${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  const findings = async (shots: readonly Shot[], locale: string): Promise<readonly string[]> => {
    const { page } = await stage.signedIn({ colorScheme: 'light', locale });
    const found: string[] = [];
    for (const { name, path, ready, prepare } of shots) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(stage.mock().url + path);
      await page.locator(ready).first().waitFor();
      await prepare?.(page);
      found.push(...(await seriousFindings(page)).map((one) => `${name}: ${one}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await seriousFindings(page, ['color-contrast'])).map((one) => `${name}, dark: ${one}`));
    }
    return found;
  };

  it('has nothing serious on dialogs, the palette, replay, quality and the inspector', async () => {
    expect(await findings(often, 'en-GB')).toEqual([]);
  });

  it.skipIf(!long).each(['en-GB', 'ar-AE', 'ru-RU'])('has nothing serious anywhere in %s', async (locale) => {
    stage.mock().phones.add('971500000101', { from: 'customer', text: 'Hi' }, 'Layla Haddad');
    expect(await findings(SHOTS, locale)).toEqual([]);
  });
});
