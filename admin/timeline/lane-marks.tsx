/** What the lanes draw: the bars of timers in one item, and the words above the lanes. */
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { LANES, type Lane } from '../stores/lanes.ts';

const WORDS: Readonly<Record<Lane, MessageKey>> = {
  customer: 'causeCustomer',
  bot: 'causeBot',
  person: 'lanePerson',
  timers: 'laneTimers',
};

/** Pieces as `timerBars` writes them; they are a picture of what each row tells in words. */
export const TimerBars = ({ pieces }: { pieces: string }) =>
  pieces === '' ? null : (
    <span class="timer-bars" aria-hidden="true">
      {pieces.split(' ').map((piece) => (
        <i key={piece} class={`timer-bar is-track-${piece.charAt(0)} is-piece-${piece.charAt(1)}`} />
      ))}
    </span>
  );

/** In the lanes' order; shown only while there is room for lanes. */
export const LaneLegend = () => (
  <ul class="lane-legend">
    {LANES.map((lane) => (
      <li key={lane} class={`is-lane-${lane}`}>
        {t(WORDS[lane])}
      </li>
    ))}
  </ul>
);
