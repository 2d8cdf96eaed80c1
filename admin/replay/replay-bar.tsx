/** Walks through the journal: chat, timeline, statechart and context stand at the chosen step together. */
import { useEffect } from 'preact/hooks';
import { useShortcuts } from '../app/shortcuts.ts';
import { Icon } from '../components/icon.tsx';
import { useConversation, useOpened } from '../conversation/context.ts';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, say, t } from '../i18n/i18n.ts';
import { momentOf } from '../lib/time.ts';
import type { Replay } from '../stores/conversation-store.ts';
import { rowAt } from '../stores/moment.ts';
import './replay.css';
import { indexOf, isTrouble, seqAt, stepFrom, type Way } from './steps.ts';

/** One step at speed 1, ms: time enough to read the row. */
const STEP_MS = 800;
const SPEEDS: readonly Replay['speed'][] = [1, 4, 16];

const useReplay = () => {
  const { store } = useOpened().open;
  const rows = useConversation((context) => context.rows);
  const messages = useConversation((context) => context.messages);
  const replay = useConversation((context) => context.replay);
  const said = new Set(messages.map(({ message }) => message.seq));
  const go = (way: Way, fits?: Parameters<typeof stepFrom>[3]): void => {
    const seq = replay === null ? null : stepFrom(rows, replay.seq, way, fits);
    store.trigger.replayed(seq === null ? { playing: false } : { seq, playing: false });
  };
  return { store, rows, replay, said, go };
};

/** Plays on until the end. */
const usePlaying = ({ store, rows, replay }: ReturnType<typeof useReplay>): void => {
  useEffect(() => {
    if (replay?.playing !== true) return;
    const timer = setTimeout(() => {
      const seq = stepFrom(rows, replay.seq, 'on');
      store.trigger.replayed(seq === null ? { playing: false } : { seq });
    }, STEP_MS / replay.speed);
    return () => clearTimeout(timer);
  }, [store, rows, replay]);
};

const Marks = ({ rows, said }: Pick<ReturnType<typeof useReplay>, 'rows' | 'said'>) => (
  <svg class="replay-marks" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
    {rows.map((row, index) => {
      const kind = isTrouble(row) ? 'is-trouble' : said.has(row.seq) ? 'is-message' : null;
      if (kind === null) return null;
      const x = rows.length < 2 ? 0 : (index / (rows.length - 1)) * 1000;
      return <rect key={row.seq} class={kind} x={x - 1.5} y="0" width="3" height="10" />;
    })}
  </svg>
);

interface ToolProps {
  readonly icon: string;
  readonly words: MessageKey;
  readonly onClick: () => void;
}

const Tool = ({ icon, words, onClick }: ToolProps) => (
  <button type="button" class="icon-button" title={t(words)} onClick={onClick}>
    <Icon name={icon} directed={icon === 'back' || icon === 'next'} />
    <span class="visually-hidden">{t(words)}</span>
  </button>
);

export const ReplayBar = () => {
  const state = useReplay();
  const { store, rows, replay, said, go } = state;
  const row = useConversation(rowAt);
  usePlaying(state);
  const toggle = (): void => {
    if (replay === null) return;
    const atEnd = stepFrom(rows, replay.seq, 'on') === null;
    const first = rows[0]?.seq;
    store.trigger.replayed({
      playing: !replay.playing,
      ...(atEnd && !replay.playing && first !== undefined ? { seq: first } : {}),
    });
  };
  useShortcuts({
    BracketLeft: () => go('back'),
    BracketRight: () => go('on'),
    'Shift+BracketLeft': () => go('back', ({ seq }) => said.has(seq)),
    'Shift+BracketRight': () => go('on', ({ seq }) => said.has(seq)),
    KeyP: toggle,
    KeyX: () => go('on', isTrouble),
    'Shift+KeyX': () => go('back', isTrouble),
    KeyY: () => store.trigger.replayEnded(),
  });
  if (replay === null) return null;
  return (
    <section class="replay" aria-label={t('replay')}>
      <span class="replay-tools">
        <Tool icon="back" words="replayBack" onClick={() => go('back')} />
        <Tool
          icon={replay.playing ? 'pause' : 'play'}
          words={replay.playing ? 'replayPause' : 'replayPlay'}
          onClick={toggle}
        />
        <Tool icon="next" words="replayOn" onClick={() => go('on')} />
        <Tool icon="alert" words="replayTrouble" onClick={() => go('on', isTrouble)} />
      </span>
      <fieldset class="replay-speeds" aria-label={t('replaySpeed')}>
        {SPEEDS.map((speed) => (
          <button
            key={speed}
            type="button"
            aria-pressed={replay.speed === speed}
            onClick={() => store.trigger.replayed({ speed })}
          >
            {speed}×
          </button>
        ))}
      </fieldset>
      <span class="replay-track">
        <Marks rows={rows} said={said} />
        <input
          type="range"
          min="0"
          max={Math.max(0, rows.length - 1)}
          value={indexOf(rows, replay.seq)}
          aria-label={t('replay')}
          aria-valuetext={row === null ? '' : `${t('step', { seq: row.seq })}: ${say(row.title)}`}
          onInput={(event) =>
            store.trigger.replayed({ seq: seqAt(rows, Number(event.currentTarget.value)), playing: false })
          }
        />
      </span>
      <span class="replay-now">
        <b>{t('replayAt', { seq: replay.seq, last: rows.at(-1)?.seq ?? 0 })}</b>
        {row === null ? null : <time dateTime={row.at}>{momentOf(row.at, intlTag())}</time>}
        <span dir="auto">{row === null ? '' : say(row.title)}</span>
      </span>
      <button type="button" class="button is-quiet" onClick={() => store.trigger.replayEnded()}>
        {t('backToLive')}
      </button>
    </section>
  );
};
