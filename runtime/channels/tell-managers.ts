/** Tells managers that a channel stopped working, and that it works again: once a change, whoever notices it. */
import { Effect } from 'effect';
import type { Alerts } from '../../actors/conversation/alerts.ts';
import { judgeChannel } from '../../adapters/wazzup/channel-states.ts';
import type { ChannelStore, StoredChannel } from './channel-store.ts';

export interface Telling {
  readonly store: ChannelStore;
  readonly alerts: Alerts['Service'];
}

/** Looks at the channels' states and raises what managers have not heard yet. */
export const tellManagers = async (telling: Telling, channelIds: readonly string[]): Promise<void> => {
  for (const channel of await telling.store.read(channelIds)) {
    const news = newsOf(channel);
    if (news === null) continue;
    // The id is the change's own: two replicas that notice it, or a crash before the next line, raise one alert.
    const { channelId, state, since } = channel;
    await Effect.runPromise(telling.alerts.raise(`channel:${channelId}:${state}:${since}`, news.alert));
    await telling.store.managersKnow(channel, news.told);
  }
};

const newsOf = (channel: StoredChannel) => {
  const { state, toldState } = channel;
  const verdict = judgeChannel(state);
  const alert = (reason: string, summary: string) => ({
    conversationId: null,
    trigger: null,
    reason: `The WhatsApp channel ${channel.name ?? channel.channelId} ${reason}`,
    summary,
  });
  if (verdict.alarming) {
    if (toldState === state) return null;
    return { told: state, alert: alert(`does not work: ${state}`, verdict.advice) };
  }
  // A channel that is only starting may fail again in a moment: the good news waits until it works.
  if (toldState === null || !verdict.mayReachOut) return null;
  return { told: null, alert: alert('works again', `It was ${toldState}.`) };
};
