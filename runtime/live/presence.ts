/** Who looks at a conversation and who writes, on this replica (anchors/admin-ux 2.4). */
import type { LiveFrame } from '../api/schemas.ts';
import type { Subscriber } from './conversation-feed.ts';
import { WRITING_TTL_MS } from './protocol.ts';

export interface Presence {
  readonly join: (id: string, subscriber: Subscriber, name: string) => void;
  readonly leave: (id: string, subscriber: Subscriber) => void;
  /** Ignored for somebody who does not watch the conversation. Ends by itself after {@link WRITING_TTL_MS}. */
  readonly writing: (id: string, subscriber: Subscriber, on: boolean) => void;
  readonly stop: () => void;
}

interface Viewer {
  readonly name: string;
  timer: NodeJS.Timeout | null;
}

export const makePresence = (): Presence => {
  const rooms = new Map<string, Map<Subscriber, Viewer>>();

  const names = (viewers: readonly Viewer[]): readonly string[] =>
    [...new Set(viewers.map((viewer) => viewer.name))].sort();

  const tell = (id: string): void => {
    const room = rooms.get(id);
    if (!room) return;
    const all = [...room.values()];
    const data = { viewers: names(all), writing: names(all.filter((viewer) => viewer.timer !== null)) };
    const frame: LiveFrame = { topic: `conversation:${id}`, type: 'presence', seq: 0, data };
    for (const subscriber of room.keys()) subscriber.frame(frame);
  };

  const quiet = (viewer: Viewer): boolean => {
    if (viewer.timer === null) return false;
    clearTimeout(viewer.timer);
    viewer.timer = null;
    return true;
  };

  return {
    join: (id, subscriber, name) => {
      const room = rooms.get(id) ?? new Map<Subscriber, Viewer>();
      rooms.set(id, room);
      room.set(subscriber, { name, timer: null });
      tell(id);
    },
    leave: (id, subscriber) => {
      const room = rooms.get(id);
      const viewer = room?.get(subscriber);
      if (!room || !viewer) return;
      quiet(viewer);
      room.delete(subscriber);
      if (room.size === 0) rooms.delete(id);
      else tell(id);
    },
    writing: (id, subscriber, on) => {
      const viewer = rooms.get(id)?.get(subscriber);
      if (!viewer) return;
      const was = quiet(viewer);
      if (on) {
        viewer.timer = setTimeout(() => {
          viewer.timer = null;
          tell(id);
        }, WRITING_TTL_MS);
        viewer.timer.unref();
      }
      if (was !== on) tell(id);
    },
    stop: () => {
      for (const room of rooms.values()) for (const viewer of room.values()) quiet(viewer);
    },
  };
};
