import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TypingPreview } from '../../actors/model/typing-preview.ts';
import { sharedStateLayer } from '../../adapters/redis/shared-state.ts';
import type { TypingView } from '../api/schemas.ts';
import { MAX_TYPING_CHARS, TYPING_COALESCE_MS } from './protocol.ts';
import { makeTypingPreviews } from './typing-previews.ts';

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

const ID = 'wz:c1:15555550142';

describe('the typing preview', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const setup = () => {
    const previews = makeTypingPreviews();
    const told: TypingView[] = [];
    const off = previews.onTyping((id, typing) => void (id === ID && told.push(typing)));
    const preview = Effect.runSync(
      Effect.flatMap(TypingPreview, (service) => service.open(ID)).pipe(
        Effect.provide(previews.layer),
        Effect.provide(sharedStateLayer({ url: null, log: LOG })),
      ),
    );
    return { preview, told, off, end: () => Effect.runSync(preview.end) };
  };

  it('shows the first word at once and the rest in steps, each with the whole text', () => {
    const { preview, told } = setup();
    for (const word of ['Yes', ', we', ' have', ' it']) preview.add(word);
    expect(told).toEqual([{ text: 'Yes', done: false }]);
    vi.advanceTimersByTime(TYPING_COALESCE_MS - 1);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(told.at(-1)).toEqual({ text: 'Yes, we have it', done: false });
    vi.advanceTimersByTime(TYPING_COALESCE_MS * 5);
    expect(told).toHaveLength(2);
  });

  it('is cleared when the model ends, and says nothing afterwards', () => {
    const { preview, told, end } = setup();
    preview.add('Yes');
    preview.add(' but');
    end();
    preview.add(' late');
    vi.advanceTimersByTime(TYPING_COALESCE_MS * 3);
    expect(told).toEqual([
      { text: 'Yes', done: false },
      { text: '', done: true },
    ]);
  });

  it('is silent when the model only used tools', () => {
    const { told, end } = setup();
    end();
    expect(told).toEqual([]);
  });

  it('is bounded', () => {
    const { preview, told } = setup();
    preview.add('x'.repeat(MAX_TYPING_CHARS * 2));
    expect(told[0]?.text).toHaveLength(MAX_TYPING_CHARS);
  });

  it('goes to nobody who has left', () => {
    const { preview, told, off } = setup();
    off();
    preview.add('Yes');
    expect(told).toEqual([]);
  });
});
