/**
 * The seller from outside: scripted dialogues in English and Arabic, each with a phone of its own, all played side by
 * side on one product process against the vendors' doubles.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialogue } from './dialogue.ts';
import { playDialogue } from './player.ts';
import { adversarial } from './scripts/adversarial.ts';
import { catalog } from './scripts/catalog.ts';
import { facts } from './scripts/facts.ts';
import { handOver } from './scripts/hand-over.ts';
import { languages } from './scripts/languages.ts';
import { media } from './scripts/media.ts';
import { openings } from './scripts/openings.ts';
import { orders } from './scripts/orders.ts';
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
};
const TOPICS: Readonly<Record<string, readonly Dialogue[]>> = { ...HONEST, adversarial };

/** Played at once: enough to keep the process busy, few enough that nobody waits for long. */
const SIDE_BY_SIDE = 12;

let stage: Stage;
/** How each dialogue ended; started all together, looked at one by one. */
const outcomes = new Map<Dialogue, Promise<unknown>>();

const gates = Object.values(TOPICS)
  .flat()
  .map((script, index) => ({ script, index, ...Promise.withResolvers<unknown>() }));
for (const { script, promise } of gates) outcomes.set(script, promise);

const playAll = async (scripts: readonly Dialogue[]): Promise<void> => {
  const running = new Set<Promise<unknown>>();
  for (const { script, index, resolve } of gates.filter((gate) => scripts.includes(gate.script))) {
    const phone = script.phone ?? `97152${String(1_000_000 + index)}`;
    const play = playDialogue(stage, script, phone)
      .then(() => null)
      .catch((fault: unknown) => fault)
      .then(resolve)
      .finally(() => running.delete(play));
    running.add(play);
    if (running.size >= SIDE_BY_SIDE) await Promise.race(running);
  }
  await Promise.all(running);
};

const start = async (): Promise<void> => {
  await playAll(Object.values(HONEST).flat());
  stage.doubles.openrouter.setManners('adversarial');
  await playAll(adversarial);
};

beforeAll(async () => {
  stage = await startStage();
  void start();
});

afterAll(async () => {
  await Promise.all(outcomes.values());
  await stage.close();
});

for (const [topic, scripts] of Object.entries(TOPICS)) {
  describe(topic, () => {
    for (const script of scripts) {
      it(script.name, async () => {
        const fault = await outcomes.get(script);
        if (fault !== null) throw fault;
      }, 300_000);
    }
  });
}

describe('the whole', () => {
  it('has a name of its own for each dialogue, and enough of them', () => {
    const names = Object.values(TOPICS)
      .flat()
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(80);
  });

  it('left nothing parked', async () => {
    await Promise.all(outcomes.values());
    expect((await stage.product.api('GET', '/admin/dead-letters')).body.items).toEqual([]);
  });
});
