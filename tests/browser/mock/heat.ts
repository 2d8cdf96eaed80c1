/** A month of an invented shop, as the heat map tells it. */
import type { MachineHeatView } from '../../../runtime/api/heat-schemas.ts';

const state = (path: string, now: number, stays: number, silent: number, medianMs: number) => ({
  path,
  now,
  stays,
  silent,
  medianMs,
});

export const heat: MachineHeatView = {
  days: 30,
  states: [
    state('turn.idle', 41, 900, 310, 190_000),
    state('turn.working.gathering', 2, 905, 0, 1700),
    state('turn.working.thinking', 3, 1400, 0, 2900),
    state('turn.speaking', 1, 880, 0, 240),
  ],
  transitions: [
    { id: 1, from: 'turn.idle', to: 'turn.working.gathering', event: 'customer.message', times: 905 },
    { id: 2, from: 'turn.speaking', to: 'turn.idle', event: 'xstate.done.actor.send.reply', times: 820 },
    { id: 3, from: 'turn.speaking', to: 'turn.idle', event: 'manager.takeOver', times: 12 },
  ],
};
