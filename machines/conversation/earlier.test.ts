import { expect, it } from 'vitest';
import { DEFAULT_BRIEFING, initialContext } from './context.ts';
import { buildThinkInput } from './prompt.ts';

const TIMING = { debounceMs: 0, debounceMaxMs: 0, replyDeadlineMs: 0, handOverReturnMs: 0 };
const context = initialContext({ id: 'wz:c:1', channelId: 'c', chatId: '1', timing: TIMING });
const contents = (briefing = DEFAULT_BRIEFING) =>
  buildThinkInput({ ...context, briefing }).messages.map(({ content }) => content ?? '');

it('shows the model earlier conversations, after the part that providers cache', () => {
  const earlier = [{ day: '2026-03-01', summary: 'The customer wanted ten mesh chairs.' }];
  const shown = contents({ ...DEFAULT_BRIEFING, earlier });
  expect(shown[0]).toBe(contents()[0]);
  expect(shown[1]).toMatch(
    /Earlier conversation with this customer.*\n- 2026-03-01: The customer wanted ten mesh chairs\./,
  );
});

it('says nothing of a past that there was not', () => {
  expect(contents().join('\n')).not.toContain('Earlier conversation');
  expect(contents({ ...DEFAULT_BRIEFING, earlier: [] }).join('\n')).not.toContain('Earlier conversation');
});
