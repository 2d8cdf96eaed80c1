/** The statechart is written in English; the admin says it in Arabic and Russian: no word may be forgotten. */
import { describe, expect, it } from 'vitest';
import { saidAr } from '../admin/i18n/said.ar.ts';
import { saidRu } from '../admin/i18n/said.ru.ts';
import { conversationMachine } from '../machines/conversation/machine.ts';
import { allWords } from '../runtime/conversations/labels.ts';
import { statesOf } from '../runtime/conversations/machine-graph.ts';

const states = statesOf(conversationMachine).filter(({ path }) => path !== '');
const said = new Set([
  ...states.map(({ label }) => label),
  ...states.filter(({ parent }) => parent === '').flatMap(({ description }) => description ?? []),
  ...allWords(),
]);

describe('the statechart in other languages', () => {
  it.each([
    ['Arabic', saidAr, /\p{Script=Arabic}/u],
    ['Russian', saidRu, /\p{Script=Cyrillic}/u],
  ] as const)('has every state, event, command and timer in %s', (_name, words, script) => {
    expect([...said].filter((english) => !script.test(words[english] ?? ''))).toEqual([]);
  });
});
