/** Outreach in virtual time: each rule of domain 17, 18 and 20.1 that the statechart owns. */
import { describe, expect, it } from 'vitest';
import type { SendInput } from './actors.ts';
import { DEFAULT_BRIEFING } from './context.ts';
import { plansOf } from './plans.ts';
import { Driver } from './testing/driver.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A customer who was answered and has the quotation: nothing else is going on. */
const quoted = (): Driver => {
  const driver = new Driver();
  driver.untilThinking('Please send the quotation');
  driver.thinks('Here it is. Does it suit you?');
  driver.sent();
  driver.send({ type: 'quote.sent' });
  return driver;
};

const touches = (driver: Driver) =>
  [...driver.children.values()].filter(({ src }) => src === 'askOutreach').map(({ input }) => input);
const allow = (driver: Driver, text = 'A follow-up') =>
  driver.done('askOutreach', { verdict: 'send', text, template: null });
const block = (driver: Driver, reason = 'no_template') =>
  driver.done('askOutreach', { verdict: 'blocked', reason, detail: null });
const stands = (driver: Driver, state: string) => driver.in(state);

describe('follow-ups after a quotation (domain 17.1)', () => {
  it('ask at 23 hours, 3 and 7 days in business time, and send what the gate gives', () => {
    const driver = quoted();
    const start = driver.now;
    driver.wait(23 * HOUR - 1);
    expect(touches(driver)).toEqual([]);
    driver.wait(1);
    expect(touches(driver)).toMatchObject([{ touch: { kind: 'follow_up', step: 1 } }]);
    allow(driver, 'First words');
    expect(driver.sending).toEqual(['First words']);
    expect(driver.context.dialogue.at(-1)).toMatchObject({ from: 'bot', text: 'First words' });
    driver.sent('p1');
    // Three days after a Thursday is a Sunday: Monday at 10:00 in Dubai.
    driver.wait(DAY * 10);
    expect(touches(driver)).toMatchObject([{ touch: { step: 2 } }]);
    expect(plansOf(driver.context)[0]?.step).toBe(2);
    expect(start).toBeLessThan(driver.now);
  });

  it('a blocked step stands in no other’s way (lesson F-43)', () => {
    const driver = quoted();
    driver.wait(23 * HOUR);
    block(driver);
    expect(driver.context.outreach.last).toMatchObject({
      step: 1,
      outcome: 'blocked',
      reason: 'no_template',
    });
    expect(stands(driver, 'outreach.armed.second.waiting')).toBe(true);
    driver.wait(4 * DAY);
    expect(touches(driver)).toMatchObject([{ touch: { step: 2 } }]);
    driver.fail('askOutreach');
    expect(driver.context.outreach.last).toMatchObject({ step: 2, outcome: 'failed' });
    expect(stands(driver, 'outreach.armed.third.waiting')).toBe(true);
  });

  it('a step that comes too late is skipped (lesson F-43)', () => {
    const driver = quoted();
    // The process was away: the first timer fires when the second step is due as well.
    driver.now += 5 * DAY;
    driver.wait(0);
    expect(driver.context.outreach.last).toMatchObject({ step: 1, outcome: 'missed' });
    expect(touches(driver)).toMatchObject([{ touch: { step: 2 } }]);
  });

  it('a gate that says later is asked again then', () => {
    const driver = quoted();
    driver.wait(23 * HOUR);
    const until = driver.now + 2 * HOUR;
    driver.done('askOutreach', { verdict: 'wait', until, reason: 'channel_down' });
    expect(driver.context.outreach.last).toMatchObject({ outcome: 'waiting', reason: 'channel_down' });
    driver.wait(2 * HOUR - 1);
    expect(touches(driver)).toEqual([]);
    driver.wait(1);
    expect(touches(driver)).toMatchObject([{ touch: { step: 1 } }]);
  });

  it('a day after the last step without an answer the quotation is rejected (domain 17.6)', () => {
    const driver = quoted();
    for (const days of [2, 4, 5]) {
      driver.wait(days * DAY);
      block(driver);
    }
    expect(stands(driver, 'outreach.armed.unanswered')).toBe(true);
    driver.wait(DAY);
    expect(stands(driver, 'outreach.stopped')).toBe(true);
    expect(driver.context.outreach.stopped).toBe('No response');
  });
});

describe('stops (domain 17.4)', () => {
  it.each([
    ['a reply', (driver: Driver) => void driver.says('Thank you')],
    ['acceptance', (driver: Driver) => driver.send({ type: 'quote.accepted' })],
    ['refusal', (driver: Driver) => driver.send({ type: 'quote.rejected', reason: 'refused' })],
    ['a new request', (driver: Driver) => driver.send({ type: 'order.superseded' })],
    [
      'a take-over',
      (driver: Driver) => driver.send({ type: 'manager.takeOver', by: { id: 'u1', name: 'Aisha' } }),
    ],
    ['closing', (driver: Driver) => driver.send({ type: 'manager.close', by: { id: 'u1', name: 'Aisha' } })],
  ])('%s ends the chain, whatever the gate says after it', (_, happen) => {
    const driver = quoted();
    driver.wait(23 * HOUR);
    happen(driver);
    expect(stands(driver, 'outreach.stopped')).toBe(true);
    expect(touches(driver)).toEqual([]);
    expect(plansOf(driver.context).filter(({ kind }) => kind === 'follow_up')).toEqual([]);
  });

  it('a reply takes back a follow-up that has not left', () => {
    const driver = quoted();
    driver.wait(23 * HOUR);
    allow(driver);
    const id = [...driver.children.values()].find(({ src }) => src === 'sendMessage')?.id;
    driver.says('I am here');
    expect(driver.stopped).toContain(id);
  });
});

describe('automatic answers (domain 17.5)', () => {
  it('rest the chain until the return and a day, and nobody answers them', () => {
    const driver = quoted();
    driver.wait(HOUR);
    driver.says('Automatic reply: I am out of office until 25 January.');
    expect(stands(driver, 'outreach.paused')).toBe(true);
    expect(stands(driver, 'turn.idle')).toBe(true);
    expect(driver.context.pending).toEqual([]);
    driver.wait(9 * DAY);
    expect(touches(driver)).toEqual([]);
    driver.wait(4 * DAY);
    expect(touches(driver)).toMatchObject([{ touch: { step: 1 } }]);
  });

  it('what was sent before the rest is not sent after it', () => {
    const driver = quoted();
    driver.wait(23 * HOUR);
    allow(driver);
    driver.sent('p1');
    driver.says('Automatic reply: I am away');
    driver.wait(3 * DAY);
    expect(stands(driver, 'outreach.armed.second.waiting')).toBe(true);
  });

  it('are answered like any message while nobody is followed up', () => {
    const driver = new Driver();
    driver.says('Automatic reply: I am away');
    expect(stands(driver, 'turn.working')).toBe(true);
  });
});

describe('a wish for silence (domain 20.1)', () => {
  it('is confirmed once, without a model, and ends everything for ever', () => {
    const driver = quoted();
    driver.says('STOP');
    expect(driver.running('think')).toBe(false);
    expect(driver.sending).toHaveLength(1);
    expect(driver.sending[0]).toMatch(/will not receive messages/);
    driver.sent('p9');
    expect(stands(driver, 'outreach.optedOut')).toBe(true);
    expect(driver.commands.filter(({ type }) => type === 'markOptOut')).toMatchObject([
      { params: { chatId: '971501234567' } },
    ]);
    driver.says('stop!');
    expect(driver.sending).toEqual([]);
    driver.send({ type: 'quote.sent' });
    driver.send({ type: 'outreach.errand', errand: 'reactivation', step: 30 });
    driver.wait(60 * DAY);
    expect(stands(driver, 'outreach.optedOut')).toBe(true);
    expect(touches(driver)).toEqual([]);
  });

  it('counts while a person has the chat, who is not talked over', () => {
    const driver = quoted();
    driver.send({ type: 'manager.takeOver', by: { id: 'u1', name: 'Aisha' } });
    driver.says('STOP');
    expect(stands(driver, 'outreach.optedOut')).toBe(true);
    expect(driver.sending).toEqual([]);
  });

  it('may be said at length: the tool confirms it in our words', () => {
    const driver = new Driver();
    driver.untilThinking('I would rather not hear from your shop again, thanks');
    driver.thinks(null, [{ name: 'opt_out', args: {} }]);
    expect(driver.sending[0]).toMatch(/will not receive messages/);
    expect(stands(driver, 'outreach.optedOut')).toBe(true);
    driver.sent();
    driver.untilThinking('Do you have desks?');
    expect(driver.prompt.tools.map((tool) => tool.function.name)).not.toContain('opt_out');
  });
});

describe('an agreed contact (domain 5.15)', () => {
  const agreedFor = (when: string) => {
    const driver = new Driver();
    driver.untilThinking('Write to me in three days');
    driver.thinks(null, [{ name: 'agree_next_contact', args: { when, about: 'the desks' } }]);
    return driver;
  };

  it('is planned, holds through later messages, and is made once', () => {
    const driver = agreedFor('P4D');
    driver.thinks('I will write to you then.');
    driver.sent();
    expect(stands(driver, 'outreach.agreed.waiting')).toBe(true);
    driver.untilThinking('thanks');
    driver.thinks('You are welcome.');
    driver.sent('p2');
    driver.wait(5 * DAY);
    expect(touches(driver)).toMatchObject([
      { touch: { kind: 'agreed', schedule: 'agreed:1' }, about: 'the desks' },
    ]);
    allow(driver, 'As agreed');
    expect(driver.sending).toEqual(['As agreed']);
    expect(stands(driver, 'outreach.stopped')).toBe(true);
  });

  it('that we may not make is told to a manager (lesson F-24)', () => {
    const driver = agreedFor('P4D');
    driver.thinks('I will write to you then.');
    driver.sent();
    driver.wait(5 * DAY);
    block(driver);
    expect(driver.commands.at(-1)).toMatchObject({ type: 'alertManager', params: { summary: 'the desks' } });
  });

  it('falls to the person who has the chat by then', () => {
    const driver = agreedFor('P4D');
    driver.send({ type: 'manager.takeOver', by: { id: 'u1', name: 'Aisha' } });
    driver.wait(5 * DAY);
    expect(touches(driver)).toEqual([]);
    expect(
      driver.commands.some(({ params }) => JSON.stringify(params).includes('expects to be written to')),
    ).toBe(true);
  });

  it('is refused with a reason when the time is none', () => {
    const driver = agreedFor('some day');
    expect(stands(driver, 'outreach.idle')).toBe(true);
    expect(JSON.stringify(driver.prompt.messages)).toContain('is no time');
  });
});

describe('silence without a quotation (domain 17.7, 17.8)', () => {
  const answered = (quietFollowUps: boolean) => {
    const driver = new Driver();
    driver.says('Hello');
    driver.settleCustomer();
    driver.wait(2000);
    driver.brief({ briefing: { ...DEFAULT_BRIEFING, quietFollowUps } });
    driver.thinks('Hello, how can I help?');
    driver.sent();
    return driver;
  };

  it('is followed up only where the owner wants it', () => {
    const driver = answered(true);
    expect(stands(driver, 'outreach.armed.first.waiting')).toBe(true);
    driver.wait(23 * HOUR);
    expect(touches(driver)).toMatchObject([{ touch: { kind: 'quiet', schedule: 'quiet', step: 1 } }]);
    expect(stands(answered(false), 'outreach.idle')).toBe(true);
  });

  it('of 30 days is touched when the hourly run asks, not before', () => {
    const driver = answered(false);
    driver.wait(29 * DAY);
    driver.send({ type: 'outreach.errand', errand: 'reactivation', step: 30 });
    expect(touches(driver)).toEqual([]);
    driver.wait(DAY);
    driver.send({ type: 'outreach.errand', errand: 'reactivation', step: 30, segments: ['Wholesale'] });
    expect(touches(driver)).toEqual([]);
    driver.send({ type: 'outreach.errand', errand: 'reactivation', step: 30 });
    expect(touches(driver)).toMatchObject([{ touch: { kind: 'reactivation', step: 30 } }]);
    driver.done('askOutreach', { verdict: 'send', text: 'Long time', template: { id: 't', values: [] } });
    expect((driver.child('sendMessage').input as SendInput).template).toEqual({ id: 't', values: [] });
    expect(stands(driver, 'outreach.idle')).toBe(true);
  });
});

describe('after the sale (domain 18)', () => {
  const ordered = () => {
    const driver = quoted();
    driver.send({ type: 'quote.accepted' });
    return driver;
  };

  it('an unpaid order may be reminded of after a day, a paid one never (18.1, 18.2)', () => {
    const driver = ordered();
    const ask = () => driver.send({ type: 'outreach.errand', errand: 'payment', step: 1 });
    ask();
    expect(touches(driver)).toEqual([]);
    driver.wait(DAY);
    ask();
    expect(touches(driver)).toMatchObject([{ touch: { kind: 'payment' } }]);
    block(driver);
    driver.send({ type: 'order.progressed', number: driver.context.afterSale.order?.number, stage: 'paid' });
    ask();
    expect(touches(driver)).toEqual([]);
  });

  it('feedback is asked for a day after delivery, question by question, and kept once (18.3)', () => {
    const driver = ordered();
    driver.send({ type: 'order.check' });
    driver.done('checkOrder', { stage: 'delivered', paid: true });
    driver.wait(DAY);
    driver.wait(3 * DAY);
    expect(touches(driver)).toMatchObject([{ touch: { kind: 'feedback' } }]);
    allow(driver, 'How satisfied are you?');
    driver.sent('p5');
    driver.untilThinking('9');
    driver.thinks(null, [{ name: 'record_feedback', args: { overall: 9 } }]);
    expect(JSON.stringify(driver.prompt.messages)).toContain('whole number from 1 to 5');
    driver.thinks(null, [{ name: 'record_feedback', args: { overall: 5, delivery: 4 } }]);
    expect(JSON.stringify(driver.prompt.messages)).toContain('recommend');
    driver.thinks('Would you recommend us?');
    driver.sent('p6');
    driver.untilThinking('yes, nothing to add');
    driver.thinks(null, [{ name: 'record_feedback', args: { recommend: true, comment: '' } }]);
    expect(stands(driver, 'afterSale.given')).toBe(true);
    expect(driver.commands.filter(({ type }) => type === 'recordFeedback')).toMatchObject([
      { params: { overall: 5, delivery: 4, recommend: true, comment: '' } },
    ]);
  });

  it('a delivery that is old news is not asked about', () => {
    const driver = ordered();
    driver.send({ type: 'order.check' });
    driver.done('checkOrder', { stage: 'delivered', paid: false });
    driver.now += 20 * DAY;
    driver.wait(0);
    expect(stands(driver, 'afterSale.over')).toBe(true);
    expect(touches(driver)).toEqual([]);
  });

  it('a cancelled order is forgotten, and an order that cannot be looked at is looked at again', () => {
    const driver = ordered();
    driver.send({ type: 'order.check' });
    driver.fail('checkOrder');
    expect(stands(driver, 'afterSale.ordered.resting')).toBe(true);
    driver.send({ type: 'order.check' });
    driver.done('checkOrder', { stage: 'cancelled', paid: false });
    expect(driver.context.afterSale.order).toBeNull();
    expect(plansOf(driver.context)).toEqual([]);
  });
});
