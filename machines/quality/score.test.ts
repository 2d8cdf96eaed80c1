/** Hand-computed scores (domain 6.3-6.11, 7.2-7.3) and what holds for all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicableRules, type DialogueFacts, NO_FACTS } from './applicability.ts';
import { measureHandOver, scoreManager } from './manager.ts';
import { plainSum } from './plain-sum.ts';
import { dialogueRating, managerRating } from './ratings.ts';
import { BLOCKS, RULE_NUMBERS, type RuleNumber } from './rubric.ts';
import { type Mark, type Marks, scoreDialogue } from './score.ts';
import { isFinding, medianReading } from './spread.ts';

const marks = (given: Partial<Record<RuleNumber, Mark>>, others: Mark = 0): Marks =>
  Object.fromEntries(RULE_NUMBERS.map((rule) => [rule, given[rule] ?? others])) as Marks;
const facts = (given: Partial<DialogueFacts>): DialogueFacts => ({ ...NO_FACTS, ...given });

const GREETING = facts({ botSpoke: true, customerSpoke: true });
const WHOLE_SALE = facts({
  botSpoke: true,
  customerSpoke: true,
  discoveryBegan: true,
  catalogUsed: true,
  projectScope: true,
  productFamilies: 2,
  quoteStarted: true,
  quoteCreated: true,
  crmWritten: true,
  companyKnown: true,
  openProject: true,
  decisionPostponed: true,
});

describe('which rules apply', () => {
  it.each<[string, DialogueFacts, number[]]>([
    ['nothing', NO_FACTS, []],
    ['a customer whom nobody answered', facts({ customerSpoke: true }), []],
    ['a bare greeting', GREETING, [1, 2, 3, 4, 5, 7]],
    ['a greeting that is signed', { ...GREETING, nameVolunteered: true }, [1, 2, 4, 5, 7]],
    ['one article', { ...GREETING, catalogUsed: true, discoveryBegan: true }, [1, 2, 3, 4, 5, 7, 8, 9]],
    [
      'a project before the catalog was opened',
      { ...GREETING, projectScope: true, companyKnown: true },
      [1, 2, 3, 4, 5, 7],
    ],
    ['one product family', { ...GREETING, productFamilies: 1 }, [1, 2, 3, 4, 5, 7]],
    ['two families', { ...GREETING, productFamilies: 2 }, [1, 2, 3, 4, 5, 7, 11]],
    ['a looked-up contact', { ...GREETING, crmTouched: true }, [1, 2, 3, 4, 5, 7, 12]],
    ['a follow-up', { ...GREETING, followUpSet: true }, [1, 2, 3, 4, 5, 7, 14]],
    ['a postponed decision', { ...GREETING, decisionPostponed: true }, [1, 2, 3, 4, 5, 7, 15]],
    [
      'a postponed decision with a next step',
      { ...GREETING, decisionPostponed: true, nextStepConfirmed: true },
      [1, 2, 3, 4, 5, 7],
    ],
    ['a whole sale', WHOLE_SALE, [...RULE_NUMBERS]],
  ])('to %s', (_, given, rules) => expect(applicableRules(given)).toEqual(rules));
});

describe('a score', () => {
  it('of a bare greeting can reach 9.6 and is no normal score (domain 6.6)', () => {
    const score = scoreDialogue(marks({}, 2), applicableRules(GREETING));
    expect(score).toMatchObject({
      total: 9.6,
      ceiling: 9.6,
      coverage: { rules: 6, blocks: 2, isEnough: false },
    });
    expect(score.blocks.map(({ points }) => points)).toEqual([6, 3.6, null, null]);
    expect(dialogueRating(score)).toBeNull();
  });

  it('of a whole sale is the sum of block ratios times weights', () => {
    // 5 of 8 × 6 = 3.75; 7 of 10 × 9 = 6.3; 4 of 6 × 9 = 6; 3 of 6 × 6 = 3; together 19.05.
    const given = marks({ 1: 2, 2: 2, 3: 1, 4: 2, 5: 2, 6: 1, 8: 2, 9: 2, 10: 1, 11: 1, 12: 2, 14: 1 });
    const score = scoreDialogue(given, RULE_NUMBERS);
    expect(score).toMatchObject({ total: 19.1, ceiling: 30, coverage: { isEnough: true } });
    expect(score.blocks.map(({ points }) => points)).toEqual([3.8, 6.3, 6, 3]);
    expect(plainSum(given)).toEqual({ convention: 'plain-sum', points: 19 });
    expect(dialogueRating(score)).toBe('satisfactory');
  });

  it('leaves out a block where no rule applies, and weighs the others up to thirty (domain 6.4)', () => {
    // Without conversion: 24 → 30. Opening 4/8 × 7.5 = 3.75, discovery 3/6 × 11.25 = 5.625, solution 2/2 × 11.25.
    const given = marks({ 1: 2, 2: 2, 4: 2, 5: 1, 9: 2, 12: 2, 14: 2, 15: 2 });
    const score = scoreDialogue(given, [1, 2, 3, 4, 5, 7, 8, 9]);
    expect(score.total).toBe(20.6);
    expect(score.blocks.map(({ points, ceiling }) => [points, ceiling])).toEqual([
      [3.8, 7.5],
      [5.6, 11.3],
      [11.3, 11.3],
      [null, null],
    ]);
    expect(dialogueRating(score)).toBe('good');
  });

  it('of three blocks but four rules is not published either (domain 6.5)', () => {
    // 2/8 × 6 = 1.5, 4/10 × 9 = 3.6, 2/6 × 9 = 3.
    const score = scoreDialogue(marks({}, 2), [1, 4, 5, 9]);
    expect(score).toMatchObject({
      total: 8.1,
      ceiling: 8.1,
      coverage: { rules: 4, blocks: 3, isEnough: false },
    });
  });

  it('of a dialogue without any rule is 0 of 0', () =>
    expect(scoreDialogue(marks({}, 2), [])).toMatchObject({ total: 0, ceiling: 0 }));

  const anyMarks = fc
    .array(fc.constantFrom<Mark>(0, 1, 2), { minLength: 15, maxLength: 15 })
    .map((given) => Object.fromEntries(RULE_NUMBERS.map((rule, i) => [rule, given[i]])) as Marks);
  const anyRules = fc.subarray([...RULE_NUMBERS]);

  it('lies between 0 and its ceiling, which is thirty when enough applies', () =>
    fc.assert(
      fc.property(anyMarks, anyRules, (given, rules) => {
        const { total, ceiling, coverage } = scoreDialogue(given, rules);
        expect(total).toBeGreaterThanOrEqual(0);
        expect(total).toBeLessThanOrEqual(ceiling);
        if (coverage.isEnough) expect(ceiling).toBe(30);
        else expect(ceiling).toBeLessThanOrEqual(30);
      }),
    ));

  it('does not care for rules that do not apply', () =>
    fc.assert(
      fc.property(anyMarks, anyMarks, anyRules, (given, other, rules) => {
        const mixed = Object.fromEntries(
          RULE_NUMBERS.map((rule) => [rule, (rules.includes(rule) ? given : other)[rule]]),
        ) as Marks;
        expect(scoreDialogue(mixed, rules)).toEqual(scoreDialogue(given, rules));
      }),
    ));

  it('never falls when a mark rises', () =>
    fc.assert(
      fc.property(anyMarks, anyRules, fc.constantFrom(...RULE_NUMBERS), (given, rules, rule) => {
        const better = { ...given, [rule]: 2 } as Marks;
        expect(scoreDialogue(better, rules).total).toBeGreaterThanOrEqual(scoreDialogue(given, rules).total);
      }),
    ));

  it('is, up to rounding, the sum of its blocks', () =>
    fc.assert(
      fc.property(anyMarks, anyRules, (given, rules) => {
        const { total, blocks } = scoreDialogue(given, rules);
        const sum = blocks.reduce((points, block) => points + (block.points ?? 0), 0);
        expect(Math.abs(total - sum)).toBeLessThanOrEqual(0.25 + 1e-9);
      }),
    ));
});

describe('the rubric', () => {
  it('has every rule in one block, and thirty points', () => {
    expect(BLOCKS.flatMap(({ rules }) => rules).sort((a, b) => a - b)).toEqual(RULE_NUMBERS);
    expect(BLOCKS.reduce((sum, { weight }) => sum + weight, 0)).toBe(30);
  });
});

describe('a rating', () => {
  const rated = (total: number) =>
    dialogueRating({
      total,
      ceiling: 30,
      blocks: [],
      coverage: { rules: 15, blocks: 4, isEnough: true },
    });

  it.each([
    [30, 'excellent'],
    [26, 'excellent'],
    [25.9, 'good'],
    [20, 'good'],
    [19.9, 'satisfactory'],
    [14, 'satisfactory'],
    [13.9, 'poor'],
    [0, 'poor'],
  ])('of a dialogue with %d points is %s (domain 6.9)', (total, rating) => expect(rated(total)).toBe(rating));

  it.each([
    [20, 'excellent'],
    [17, 'excellent'],
    [16, 'good'],
    [13, 'good'],
    [12, 'satisfactory'],
    [9, 'satisfactory'],
    [8, 'poor'],
  ])('of a manager with %d points is %s (domain 7.3)', (points, rating) =>
    expect(managerRating(points)).toBe(rating),
  );
});

describe("a manager's work", () => {
  it('is the sum of ten marks, and a low one is told to the owner', () => {
    expect(scoreManager([2, 2, 2, 2, 2, 2, 2, 1, 1, 1])).toEqual({
      points: 17,
      rating: 'excellent',
      isLow: false,
    });
    expect(scoreManager([1, 1, 1, 1, 1, 1, 1, 1, 0, 0])).toEqual({ points: 8, rating: 'poor', isLow: true });
    expect(scoreManager([2, 2, 2])).toBeNull();
  });

  it('is measured without a model (domain 7.4)', () => {
    const handOver = { escalatedAt: 1000, dealAppeared: true, messages: 4, dealAmount: '12500.00' };
    expect(measureHandOver({ ...handOver, firstManagerMessageAt: 1000 + 899_999 })).toEqual({
      firstResponseMs: 899_999,
      isWithinTarget: true,
      converted: true,
      messages: 4,
      dealAmount: '12500.00',
    });
    expect(measureHandOver({ ...handOver, firstManagerMessageAt: 1000 + 900_000 }).isWithinTarget).toBe(
      false,
    );
    expect(measureHandOver({ ...handOver, firstManagerMessageAt: 400 }).firstResponseMs).toBe(0);
  });

  it('that nobody did is not known, rather than 0', () => {
    const none = { firstManagerMessageAt: null, dealAppeared: null, messages: 0, dealAmount: null };
    expect(measureHandOver({ escalatedAt: 1000, ...none })).toEqual({
      firstResponseMs: null,
      isWithinTarget: null,
      converted: null,
      messages: 0,
      dealAmount: null,
    });
  });
});

describe('repeated readings', () => {
  const median = (...totals: number[]) => medianReading(totals, (total) => total);

  it.each([
    [[21], 21, { readings: 1, lowest: 21, highest: 21 }],
    [[24, 12, 20], 20, { readings: 3, lowest: 12, highest: 24 }],
    [[24, 12], 12, { readings: 2, lowest: 12, highest: 24 }],
  ])('%j: the median stands, with the spread', (totals, total, spread) =>
    expect(median(...totals)).toEqual({ median: total, spread }),
  );

  it('show a change only outside of their own uncertainty (domain 6.15)', () => {
    const noisy = median(18, 20, 23).spread;
    expect(isFinding(noisy, median(22, 24, 25).spread)).toBe(false);
    expect(isFinding(noisy, median(24, 25, 26).spread)).toBe(true);
    expect(isFinding(median(24, 25, 26).spread, noisy)).toBe(true);
    expect(isFinding(median(10).spread, median(29).spread)).toBe(false);
  });

  it('are needed', () => expect(() => median()).toThrow('at least one'));
});
