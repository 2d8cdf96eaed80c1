/** The statechart is written in English; the admin says it in Arabic and Russian: no word may be forgotten. */
import { describe, expect, it } from 'vitest';
import { describedAr } from '../admin/i18n/described.ar.ts';
import { describedRu } from '../admin/i18n/described.ru.ts';
import { saidAr } from '../admin/i18n/said.ar.ts';
import { saidRu } from '../admin/i18n/said.ru.ts';
import { conversationMachine } from '../machines/conversation/machine.ts';
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
