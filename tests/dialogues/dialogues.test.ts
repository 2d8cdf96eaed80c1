/**
 * The seller from outside: scripted dialogues in English and Arabic, each with a phone of its own, all played side by
 * side on one product process against the vendors' doubles, in both modes (tests/support/modes.ts).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODES } from '../support/modes.ts';
import { mendAll } from './breakages.ts';
import type { Dialogue } from './dialogue.ts';
import { playDialogue } from './player.ts';
import { adversarial } from './scripts/adversarial.ts';
import { afterSale } from './scripts/after-sale.ts';
import { badDays } from './scripts/bad-days.ts';
import { catalog } from './scripts/catalog.ts';
import { facts } from './scripts/facts.ts';
import { handOver } from './scripts/hand-over.ts';
import { languages } from './scripts/languages.ts';
import { media } from './scripts/media.ts';
import { openings } from './scripts/openings.ts';
import { orders } from './scripts/orders.ts';
import { sale } from './scripts/sale.ts';
import { strangers } from './scripts/strangers.ts';
import { type Stage, startStage } from './stage.ts';

/** Played first, with a model that does its best. */
const HONEST: Readonly<Record<string, readonly Dialogue[]>> = {
  openings,
  catalog,
  orders,
  languages,
  facts,
  'hand-over': handOver,
  media,
  sale,
  'after the sale': afterSale,
  strangers,
};
const TOPICS: Readonly<Record<string, readonly Dialogue[]>> = {
  ...HONEST,
  adversarial,
  'bad days': badDays,
};

/** Played at once: enough to keep the process busy, few enough that nobody waits for long. */
const SIDE_BY_SIDE = 16;

/** Every third one: each topic is there, in a third of the time. */
const third = (scripts: readonly Dialogue[]): readonly Dialogue[] =>
  scripts.filter((_script, index) => index % 3 === 0);

describe.each(MODES)('$mode', ({ env, isWhole }) => {
  const scriptsOf = (topic: string): readonly Dialogue[] => {
    if (isWhole) return TOPICS[topic] ?? [];
    // Bad days are played one after the other and say nothing of snapshots: once is enough.
    return topic === 'bad days' ? [] : third(TOPICS[topic] ?? []);
  };

  let stage: Stage;
  /** How each dialogue ended; started all together, looked at one by one. */
  const gates = new Map(
    Object.keys(TOPICS)
      .flatMap(scriptsOf)
      .map((script, index) => [script, { index, ...Promise.withResolvers<unknown>() }]),
  );
  const all = () => Promise.all([...gates.values()].map(({ promise }) => promise));

  const playAll = async (scripts: readonly Dialogue[]): Promise<void> => {
    const running = new Set<Promise<unknown>>();
    for (const script of scripts) {
      const gate = gates.get(script);
      if (!gate) throw new Error(`${script.name} was not to be played`);
      const phone = script.phone ?? `97152${String(1_000_000 + gate.index)}`;
      const play = playDialogue(stage, script, phone)
        .then(() => null)
        .catch((fault: unknown) => fault)
        .then(gate.resolve)
        .finally(() => running.delete(play));
      running.add(play);
      if (running.size >= SIDE_BY_SIDE) await Promise.race(running);
    }
    await Promise.all(running);
  };

  const start = async (): Promise<void> => {
    await playAll(Object.keys(HONEST).flatMap(scriptsOf));
    stage.doubles.openrouter.setManners('adversarial');
    await playAll(scriptsOf('adversarial'));
    for (const script of scriptsOf('bad days')) {
      mendAll(stage.doubles);
      await playAll([script]);
    }
    mendAll(stage.doubles);
  };

  beforeAll(async () => {
    stage = await startStage(env);
    void start();
  });

  afterAll(async () => {
    await all();
    await stage.close();
  });

  for (const topic of Object.keys(TOPICS).filter((name) => scriptsOf(name).length > 0)) {
    describe(topic, () => {
      for (const script of scriptsOf(topic)) {
        it(script.name, async () => {
          const fault = await gates.get(script)?.promise;
          if (fault !== null) throw fault;
        }, 300_000);
      }
    });
  }

  it('lesson F-29 the list says of each conversation what its own page says', async () => {
    await all();
    for (const owner of ['bot', 'waiting', 'manager']) {
      const { items } = (await stage.product.api('GET', `/conversations?owner=${owner}&limit=50`)).body;
      for (const { id } of items.slice(0, 10)) {
        expect((await stage.product.api('GET', `/conversations/${id}`)).body.owner).toBe(owner);
      }
    }
  }, 300_000);

  it('left nothing parked', async () => {
    await all();
    expect((await stage.product.api('GET', '/admin/dead-letters')).body.items).toEqual([]);
  }, 300_000);
});

describe('the whole', () => {
  it('has a name of its own for each dialogue, and enough of them', () => {
    const names = Object.values(TOPICS)
      .flat()
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(80);
  });
});
