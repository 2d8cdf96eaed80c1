import { expect, it } from 'vitest';
import type { MachineLayout } from '../api/types.ts';
import { layoutIn } from './layout-words.ts';

const move = (words: string) => ({ event: words, guard: null, words, description: null });

const layout = {
  id: 'm',
  version: '1',
  states: [
    {
      path: 'a',
      parent: '',
      key: 'a',
      type: 'atomic',
      label: 'Waiting for it',
      importance: 1,
      description: null,
      invokes: [],
    },
  ],
  regions: [
    {
      path: 'a',
      label: 'Waiting for it',
      description: null,
      width: 400,
      height: 300,
      boxes: [
        {
          path: 'a',
          parent: null,
          importance: 1,
          compound: false,
          final: false,
          x: 0,
          y: 0,
          width: 96,
          height: 60,
          lines: ['Waiting', 'for it'],
        },
      ],
      arrows: [
        {
          from: 'a',
          to: 'a',
          points: [],
          label: { x: 0, y: 0, width: 90, lines: ['Go', 'and 2 more'] },
          moves: [move('Go'), move('Stop'), move('Turn')],
        },
      ],
    },
  ],
} as unknown as MachineLayout;

const words: Readonly<Record<string, string>> = { 'Waiting for it': 'Ждёт чего-то одного', Go: 'Идти' };

it('says a layout in another language, in as many lines as its boxes have room for', () => {
  const said = layoutIn(layout, { say: (english) => words[english] ?? english, more: (n) => `и ещё ${n}` });
  expect(said.states[0]?.label).toBe('Ждёт чего-то одного');
  expect(said.regions[0]?.boxes[0]?.lines).toEqual(['Ждёт', 'чего-то одного']);
  expect(said.regions[0]?.arrows[0]?.label?.lines).toEqual(['Идти', 'и ещё 2']);
  expect(said.regions[0]?.arrows[0]?.moves.map((one) => one.words)).toEqual(['Идти', 'Stop', 'Turn']);
});
