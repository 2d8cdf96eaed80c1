/** Rules that need no model: each can fail. */
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { type Persona, wants } from './persona.ts';
import { type Played, scoreByRules } from './rules.ts';
import { readVariant } from './variant.ts';

const PERSONA: Persona = {
  id: 'p',
  language: 'en',
  temper: 'brief',
  facts: { name: 'Sara' },
  says: ['I need 2 of DK-1600'],
  wants: wants({ lines: [['DK-1600', 2]], told: ['1380.00'], known: ['name'] }),
};
const TURN = {
  customer: 'I need 2 of DK-1600',
  replies: ['Hello, two desks are 1380.00 AED. How may I address you?'],
  answeredMs: 900,
};
const GOOD: Played = {
  persona: 'p',
  repeat: 0,
  turns: [TURN],
  owner: 'bot',
  lines: [['DK-1600', 2]],
  known: { name: 'Sara' },
  saleOrders: 0,
  contacts: 1,
  triggers: [],
  askedAgain: [],
  modelCalls: 2,
  costUsd: '0.001',
};
const said = (text: string) => ({ turns: [{ customer: 'x', replies: [text], answeredMs: 900 }] });

describe('a dialogue', () => {
  it('without a fault has all points', () => {
    expect(scoreByRules(PERSONA, GOOD)).toMatchObject({ points: 100 });
  });

  it.each<[string, Partial<Played>]>([
    ['goal', { owner: 'waiting' }],
    ['goal', said('Two desks. How may I address you?')],
    ['goal', { turns: [...GOOD.turns, { customer: 'x', replies: ['[document]'], answeredMs: 1 }] }],
    ['facts', { lines: [['DK-1600', 3]] }],
    ['facts', { known: { name: 'quotation please' } }],
    ['side effects', { saleOrders: 1 }],
    ['side effects', { contacts: 2 }],
    ['side effects', { triggers: [1] }],
    ['language', said('مرحبا 1380.00')],
    ['questions', said('1380.00 AED. What for? Which colour?')],
    ['asked once', { askedAgain: ['email'] }],
    ['form', said('**1380.00** AED')],
    ['calls', { modelCalls: 5 }],
    ['time', { turns: [{ ...TURN, answeredMs: 10_001 }] }],
    ['time', { turns: [{ ...TURN, answeredMs: null }] }],
  ])('fails by %s: %j', (name, over) => {
    const { points, checks } = scoreByRules(PERSONA, { ...GOOD, ...over });
    expect(checks.filter(({ passed }) => !passed).map((one) => one.name)).toContain(name);
    expect(points).toBeLessThan(100);
  });

  it('loses a ninth for each rule that is broken', () =>
    expect(scoreByRules(PERSONA, { ...GOOD, askedAgain: ['name'] }).points).toBe(88.9));
});

describe('the command line', () => {
  it('knows its options and refuses others', () => {
    expect(parseCommandLine([])).toMatchObject({ a: null, b: null, repeats: 1, judge: 0, seed: 1 });
    expect(parseCommandLine(['--b=x.json', '--repeats=3', '--judge=5'])).toMatchObject({
      b: 'x.json',
      repeats: 3,
      judge: 5,
    });
    for (const word of ['--c=1', 'x', '--repeats=0', '--judge=10', '--a', '--seed=1.5'])
      expect(parseCommandLine([word])).toHaveProperty('fault');
  });

  it('reads versions, and says what one is', () => {
    expect(readVariant('{"name":"b","env":{"OPENROUTER_MODEL":"x/y"}}')).toMatchObject({ name: 'b' });
    for (const text of ['', '{}', '{"name":"b","prompt":"x"}'])
      expect(() => readVariant(text)).toThrow('version');
  });
});
