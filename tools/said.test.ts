/** The statechart is written in English; the admin says it in Arabic and Russian: no word may be forgotten. */
import { describe, expect, it } from 'vitest';
import { describedAr } from '../admin/i18n/described.ar.ts';
import { describedRu } from '../admin/i18n/described.ru.ts';
import { rulesAr } from '../admin/i18n/rules.ar.ts';
import { rulesRu } from '../admin/i18n/rules.ru.ts';
import { saidAr } from '../admin/i18n/said.ar.ts';
import { saidRu } from '../admin/i18n/said.ru.ts';
import { conversationMachine } from '../machines/conversation/machine.ts';
import { MANAGER_CRITERIA } from '../machines/quality/manager.ts';
import { BLOCKS, RULES } from '../machines/quality/rubric.ts';
import { allWords } from '../runtime/conversations/labels.ts';
import { statesOf } from '../runtime/conversations/machine-graph.ts';

const states = statesOf(conversationMachine).filter(({ path }) => path !== '');
const said = new Set([
  ...states.map(({ label }) => label),
  ...states.flatMap(({ description }) => description ?? []),
  ...allWords(),
]);

describe('the statechart in other languages', () => {
  it.each([
    ['Arabic', { ...describedAr, ...saidAr }, /\p{Script=Arabic}/u],
    ['Russian', { ...describedRu, ...saidRu }, /\p{Script=Cyrillic}/u],
  ] as const)(
    'has every state with what it means, event, command and timer in %s',
    (_name, words, script) => {
      expect([...said].filter((english) => !script.test(words[english] ?? ''))).toEqual([]);
    },
  );
});

describe('what dialogues and managers are marked by', () => {
  it.each([
    ['Arabic', rulesAr, /\p{Script=Arabic}/u],
    ['Russian', rulesRu, /\p{Script=Cyrillic}/u],
  ] as const)('is told in %s', (_name, words, script) => {
    const titles = [...BLOCKS.map(({ title }) => title), ...Object.values(RULES), ...MANAGER_CRITERIA];
    expect(titles.length).toBe(29);
    expect(titles.filter((title) => !script.test(words[title] ?? ''))).toEqual([]);
  });
});
