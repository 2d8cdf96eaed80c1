/**
 * Restate: a virtual object a conversation, its snapshot and its queued command in the object's state. The server keeps
 * them in a store of its own, not in PostgreSQL.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as restate from '@restatedev/restate-sdk';
import type { Peer } from '../peer.ts';
import type { Message } from '../workload.ts';
import { freePort } from './free-port.ts';
import { contextOf, stepWork } from './step-work.ts';

const PARTITIONS = 4;
const START_TIMEOUT_MS = 60_000;

interface State {
  readonly snapshot: string;
  readonly outbox: readonly string[];
}

const work = restate.object({
  name: 'work',
  handlers: {
    take: async (context: restate.ObjectContext, message: Message): Promise<void> => {
      const before = await context.get<State>('state');
      const { snapshot, commands } = stepWork(before?.snapshot ?? null, message);
      // The commands of the last message, as an outbox would hold them until they ran.
      context.set<State>('state', { snapshot, outbox: commands });
    },
    counts: async (context: restate.ObjectContext): Promise<{ count: number; outOfOrder: number }> => {
      const state = await context.get<State>('state');
      if (state === null) return { count: 0, outOfOrder: 0 };
      const { count, outOfOrder } = contextOf(state.snapshot);
      return { count, outOfOrder };
    },
  },
});

/** The binary of this platform's package: the launcher in between would outlive a kill. */
const binaryPath = (): string =>
  createRequire(import.meta.url).resolve(
    `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  );

interface Ports {
  readonly ingress: number;
  readonly admin: number;
  readonly node: number;
}

const startServer = (dir: string, { ingress, admin, node }: Ports): ChildProcess =>
  spawn(binaryPath(), ['--node-name', 'bench', '--base-dir', dir], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DO_NOT_TRACK: '1',
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
      RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
      RESTATE_DEFAULT_NUM_PARTITIONS: String(PARTITIONS),
    },
  });

const register = async (admin: number, uri: string): Promise<void> => {
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uri }),
      });
      if (response.ok) return;
      if (performance.now() > until)
        throw new Error(`Restate refused the deployment: ${await response.text()}`);
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await sleep(250);
  }
};

const call = async (ingress: number, key: string, handler: string, body?: unknown): Promise<unknown> => {
  const init =
    body === undefined
      ? { method: 'POST' }
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(`http://127.0.0.1:${ingress}/work/${key}/${handler}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`Restate answered ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
};

export const peer: Peer = {
  name: 'Restate 1.7',
  configuration: `default durability, ${PARTITIONS} partitions, its own store; the command lies in the object's state`,
  inFlight: 128,
  start: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'treejar-bench-restate-'));
    const ports = { ingress: await freePort(), admin: await freePort(), node: await freePort() };
    const server = startServer(dir, ports);
    const service = await restate.serve({
      services: [work],
      port: await freePort(),
      // It would write two lines a message.
      logger: () => {},
    });
    const keys = new Set<string>();
    try {
      await register(ports.admin, `http://127.0.0.1:${service}`);
    } catch (error) {
      server.kill('SIGKILL');
      throw error;
    }
    return {
      take: (message) => {
        keys.add(message.actorId);
        return call(ports.ingress, message.actorId, 'take', message);
      },
      verify: async (messages) => {
        let counted = 0;
        for (const key of keys) {
          const { count, outOfOrder } = (await call(ports.ingress, key, 'counts')) as {
            count: number;
            outOfOrder: number;
          };
          if (outOfOrder !== 0) throw new Error('Messages of one conversation came out of order.');
          counted += count;
        }
        if (counted !== messages) throw new Error(`${messages} messages were taken, ${counted} counted.`);
      },
      stop: async () => {
        const ended = once(server, 'exit');
        server.kill('SIGKILL');
        await ended;
        rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      },
    };
  },
};
