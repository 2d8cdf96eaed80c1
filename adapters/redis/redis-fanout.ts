/**
 * The fan-out over Redis. This process's listeners are served directly; Redis carries to the others. Whoever may have
 * missed something is told: after our connection was lost, all of our listeners; after a message of ours did not leave,
 * everybody's.
 */
import { randomUUID } from 'node:crypto';
import { Effect } from 'effect';
import { reasonOf } from './connection.ts';
import { type FanoutShape, MAX_MESSAGE_CHARS, tooLarge, tooMany } from './fanout.ts';
import type { LinkLog, RedisLink } from './link.ts';
import { makeLocalListeners } from './local-listeners.ts';

export const makeRedisFanout = (link: RedisLink, prefix: string, log: LinkLog): FanoutShape => {
  const local = makeLocalListeners(log);
  const { client } = link.subscriber;
  /** Tells our own messages, which came back, from the others'. */
  const origin = randomUUID();
  const nameOf = (channel: string) => `${prefix}fan:${channel}`;
  /** Everybody listens to it: "one of my messages was lost". */
  const gapChannel = `${prefix}fan-gap`;
  let owesGap = false;
  /** Some channel may not be listened to at Redis. */
  let deaf = true;

  client.on('message', (name: string, envelope: string) => {
    const cut = envelope.indexOf('\n');
    if (envelope.slice(0, cut) === origin) return;
    if (name === gapChannel) local.gap(local.channels());
    else local.deliver(name.slice(nameOf('').length), envelope.slice(cut + 1));
  });

  const tellRefusal = (error: unknown): void => {
    if (error instanceof Error && error.name === 'ReplyError') link.refused(reasonOf(error));
  };
  /** Resolves to whether Redis listens for us now; if not, the next heartbeat tries to make up for it. */
  const listen = async (names: readonly string[]): Promise<boolean> => {
    if (!link.subscriber.isUp()) {
      deaf = true;
      return false;
    }
    try {
      await client.subscribe(...names);
      return true;
    } catch (error) {
      deaf = true;
      tellRefusal(error);
      return false;
    }
  };
  link.onSubscriberAlive(async (anew) => {
    if (!deaf && !anew) return;
    deaf = false;
    const channels = local.channels();
    if (await listen([gapChannel, ...channels.map(nameOf)])) local.gap(channels);
  });

  /** What does not leave now is not sent later, for it would be stale; the others are told to look for themselves. */
  const send = (name: string, message: string): Effect.Effect<void> =>
    link
      .run((commands) => commands.publish(name, `${origin}\n${message}`))
      .pipe(
        Effect.catchTag('RedisAway', () =>
          Effect.sync(() => {
            owesGap = true;
          }),
        ),
        Effect.asVoid,
      );
  link.onAlive(() => {
    if (!owesGap) return;
    owesGap = false;
    Effect.runFork(send(gapChannel, ''));
  });

  const leave = (channel: string): void => {
    if (!link.subscriber.isUp()) return;
    // A connection that breaks meanwhile listens to nothing any more.
    client.unsubscribe(nameOf(channel)).catch(tellRefusal);
  };

  return {
    publish: (channel, message) =>
      Effect.suspend(() => {
        if (message.length > MAX_MESSAGE_CHARS) return Effect.fail(tooLarge());
        local.deliver(channel, message);
        return send(nameOf(channel), message);
      }),
    subscribe: (channel, listener) =>
      Effect.suspend((): ReturnType<FanoutShape['subscribe']> => {
        const added = local.add(channel, listener, () => leave(channel));
        if (!added) return Effect.fail(tooMany());
        const listening = listen([nameOf(channel)]);
        const late = Effect.sync(() => void listening.then((ok) => ok && local.gap([channel])));
        return Effect.promise(() => listening).pipe(
          Effect.timeoutOrElse({ duration: link.operationMs, orElse: () => late }),
          Effect.as(added.end),
        );
      }),
  };
};
