/** Domain 17.3, 17.12 and lesson F-45: what is decided at the moment of sending. */
import { describe, expect, it } from 'vitest';
import { decideTouch, type TouchFacts } from './decide.ts';
import { DEFAULT_OUTREACH_TIMING, isMissed, stepDue } from './schedule.ts';
import { fillBlanks, TOUCH_TEXT_NAMES, touchText } from './texts.ts';

const { hours, timeZone } = DEFAULT_OUTREACH_TIMING;
/** Monday 2 March 2026, 14:00 in Dubai. */
const NOW = Date.parse('2026-03-02T10:00:00Z');
const HOUR = 3_600_000;
const FACTS: TouchFacts = {
  now: NOW,
  enabled: true,
  optedOut: false,
  channelFit: true,
  shop: { hours, timeZone },
  windowClosesAt: NOW + HOUR,
  text: 'free words',
  template: null,
};
const TEMPLATE = { use: { id: 't2', values: [] }, text: 'approved words' };
const decide = (more: Partial<TouchFacts>) => decideTouch({ ...FACTS, ...more });

describe('at the moment of sending', () => {
  it('free text goes out while the window is open', () => {
    expect(decide({ template: TEMPLATE })).toEqual({ verdict: 'send', text: 'free words', template: null });
  });

  it('with the window closed, or about to be, only an approved template does', () => {
    for (const windowClosesAt of [null, NOW - 1, NOW + 59_000]) {
      expect(decide({ windowClosesAt, template: TEMPLATE })).toEqual({
        verdict: 'send',
        text: 'approved words',
        template: TEMPLATE.use,
      });
      expect(decide({ windowClosesAt })).toMatchObject({ verdict: 'blocked', reason: 'no_template' });
      expect(decide({ windowClosesAt, template: { refused: 'is rejected' } })).toEqual({
        verdict: 'blocked',
        reason: 'template_refused',
        detail: 'is rejected',
      });
    }
  });

  it('nobody is written to who opted out, or while it is switched off', () => {
    expect(decide({ optedOut: true, enabled: false })).toMatchObject({ reason: 'opted_out' });
    expect(decide({ enabled: false })).toMatchObject({ verdict: 'blocked', reason: 'disabled' });
  });

  it('quiet hours and holidays wait for the next opening', () => {
    const night = Date.parse('2026-03-02T18:00:00Z');
    expect(decide({ now: night })).toEqual({
      verdict: 'wait',
      until: Date.parse('2026-03-03T06:00:00Z'),
      reason: 'quiet_hours',
    });
    const shop = { hours, timeZone, holidays: ['2026-03-02'] };
    expect(decide({ shop })).toMatchObject({ verdict: 'wait', until: Date.parse('2026-03-03T06:00:00Z') });
    expect(decide({ shop: { hours: [], timeZone } })).toMatchObject({ verdict: 'blocked' });
  });

  it('an ill channel is waited for, but not for what could not be said anyway', () => {
    expect(decide({ channelFit: false })).toMatchObject({ verdict: 'wait', reason: 'channel_down' });
    expect(decide({ channelFit: false, windowClosesAt: null })).toMatchObject({ reason: 'no_template' });
  });
});

describe('steps (domain 17.1, 17.2, lesson F-43)', () => {
  const timing = DEFAULT_OUTREACH_TIMING;
  const due = (started: string, step: number) => {
    const at = stepDue(timing, Date.parse(started), step);
    return at === null ? null : new Date(at).toISOString();
  };

  it('are due 23 hours, 3 and 7 days after the quotation', () => {
    expect([1, 2, 3, 4].map((step) => due('2026-03-02T10:00:00Z', step))).toEqual([
      '2026-03-03T09:00:00.000Z',
      '2026-03-05T10:00:00.000Z',
      '2026-03-09T10:00:00.000Z',
      null,
    ]);
  });

  it('move to the next opening', () => {
    expect(due('2026-03-06T12:00:00Z', 1)).toBe('2026-03-09T06:00:00.000Z');
  });

  it('are missed when the next one is due as well; the last one after a day', () => {
    const started = Date.parse('2026-03-02T10:00:00Z');
    expect(isMissed(timing, started, 1, Date.parse('2026-03-05T09:59:59Z'))).toBe(false);
    expect(isMissed(timing, started, 1, Date.parse('2026-03-05T10:00:00Z'))).toBe(true);
    expect(isMissed(timing, started, 3, Date.parse('2026-03-10T09:59:59Z'))).toBe(false);
    expect(isMissed(timing, started, 3, Date.parse('2026-03-10T10:00:00Z'))).toBe(true);
  });
});

describe('words', () => {
  const blanks = { name: 'Sara', number: 'SO-1', about: null, assistantName: 'Noor', companyName: 'Treejar' };
  const touch = { kind: 'follow_up', schedule: 'q', step: 1 } as const;

  it('are the owner’s own where there are some', () => {
    expect(touchText(touch, 'en', { 'followUp.1.en': 'Hi {{name}}: {{number}}' }, blanks)).toBe(
      'Hi Sara: SO-1',
    );
    expect(touchText(touch, 'en', { 'followUp.1.en': ' ' }, blanks)).toContain('SO-1');
    expect(touchText(touch, 'ar', {}, blanks)).toMatch(/[\u0600-\u06ff]/);
  });

  it('leave no trace of what is not known', () => {
    expect(fillBlanks('Hello {{name}}, about {{about}}!', { ...blanks, name: null })).toBe('Hello, about!');
  });

  it('are there for every kind in both languages, without marks of a blank', () => {
    expect(TOUCH_TEXT_NAMES).toContain('reactivation.90.ar');
    for (const kind of ['follow_up', 'quiet'] as const) {
      for (const step of [1, 2, 3]) {
        expect(touchText({ kind, schedule: 'q', step }, 'en', {}, blanks)).not.toMatch(/[{}]/);
      }
    }
  });
});
