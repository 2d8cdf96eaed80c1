/**
 * Who looks at a conversation and who writes (anchors/admin-ux 2.4): those of this replica, and, where replicas have a
 * link, those of the others as far as they have said it lately.
 */
import type { LiveFrame } from '../api/schemas.ts';
import type { Subscriber } from './conversation-feed.ts';
import type { PresenceLink, PresenceNews } from './presence-link.ts';
import { MAX_PRESENT_REPLICAS, PRESENCE_BEAT_MS, PRESENCE_TTL_MS, WRITING_TTL_MS } from './protocol.ts';

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

type Present = Pick<PresenceNews, 'viewers' | 'writing'>;

interface Room {
  readonly here: Map<Subscriber, Viewer>;
  /** By replica; one that falls silent has died. */
  readonly elsewhere: Map<string, Present & { readonly timer: NodeJS.Timeout }>;
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const presentHere = ({ here }: Room): Present => {
  const viewers = [...here.values()];
  const writing = viewers.filter((viewer) => viewer.timer !== null);
  return {
    viewers: sorted(viewers.map(({ name }) => name)),
    writing: sorted(writing.map(({ name }) => name)),
  };
};

const frameOf = (id: string, room: Room): LiveFrame => {
  const all = [presentHere(room), ...room.elsewhere.values()];
  const data = {
    viewers: sorted(all.flatMap(({ viewers }) => viewers)),
    writing: sorted(all.flatMap(({ writing }) => writing)),
  };
  return { topic: `conversation:${id}`, type: 'presence', seq: 0, data };
};

/** Stops a viewer's writing; true when there was any. */
const quiet = (viewer: Viewer): boolean => {
  if (viewer.timer === null) return false;
  clearTimeout(viewer.timer);
  viewer.timer = null;
  return true;
};

const forget = (room: Room): void => {
  for (const viewer of room.here.values()) quiet(viewer);
  for (const { timer } of room.elsewhere.values()) clearTimeout(timer);
  room.elsewhere.clear();
};

export const makePresence = (link: PresenceLink | null = null): Presence => {
  /** Only of conversations that somebody here looks at (G10). */
  const rooms = new Map<string, Room>();

  const show = (id: string, room: Room): void => {
    const frame = frameOf(id, room);
    for (const subscriber of room.here.keys()) subscriber.frame(frame);
  };
  const publish = (id: string, present: Present, ask = false): void =>
    link?.publish({ replica: link.replica, id, ...present, ask });
  const changed = (id: string, room: Room, ask = false): void => {
    show(id, room);
    publish(id, presentHere(room), ask);
  };

  const hear = ({ replica, id, viewers, writing, ask }: PresenceNews): void => {
    const room = rooms.get(id);
    if (!room) return;
    clearTimeout(room.elsewhere.get(replica)?.timer);
    room.elsewhere.delete(replica);
    if (viewers.length > 0 && room.elsewhere.size < MAX_PRESENT_REPLICAS) {
      const timer = setTimeout(() => {
        room.elsewhere.delete(replica);
        show(id, room);
      }, PRESENCE_TTL_MS);
      timer.unref();
      room.elsewhere.set(replica, { viewers, writing, timer });
    }
    show(id, room);
    if (ask) publish(id, presentHere(room));
  };

  const off = link?.onNews(hear) ?? (() => undefined);
  const beat = setInterval(() => {
    for (const [id, room] of rooms) publish(id, presentHere(room));
  }, PRESENCE_BEAT_MS);
  beat.unref();

  return {
    join: (id, subscriber, name) => {
      const known = rooms.get(id);
      const room = known ?? { here: new Map(), elsewhere: new Map() };
      rooms.set(id, room);
      room.here.set(subscriber, { name, timer: null });
      changed(id, room, known === undefined);
    },
    leave: (id, subscriber) => {
      const room = rooms.get(id);
      const viewer = room?.here.get(subscriber);
      if (!room || !viewer) return;
      quiet(viewer);
      room.here.delete(subscriber);
      if (room.here.size > 0) changed(id, room);
      else {
        rooms.delete(id);
        forget(room);
        publish(id, { viewers: [], writing: [] });
      }
    },
    writing: (id, subscriber, on) => {
      const room = rooms.get(id);
      const viewer = room?.here.get(subscriber);
      if (!room || !viewer) return;
      const was = quiet(viewer);
      if (on) {
        viewer.timer = setTimeout(() => {
          viewer.timer = null;
          changed(id, room);
        }, WRITING_TTL_MS);
        viewer.timer.unref();
      }
      if (was !== on) changed(id, room);
    },
    stop: () => {
      off();
      clearInterval(beat);
      for (const room of rooms.values()) forget(room);
      rooms.clear();
    },
  };
};
