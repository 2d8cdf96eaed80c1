/**
 * Five hundred live conversations at sixty transitions a second, with the list on screen and one of them open: the page
 * keeps up, renders no more than it shows, and its memory does not grow with what has passed. How long tasks took is
 * printed always, and judged in the long run only (`TEST_LONG=1`, five minutes): a shared machine says nothing of it.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { applyStep, startConversation } from './mock/world.ts';
import { pathOf, useStage } from './stage.ts';
import { skipReason, until } from './support.ts';

const reason = skipReason();
const LONG = process.env.TEST_LONG === '1';

const CONVERSATIONS = 500;
const STEPS_EACH_TICK = 6;
const TICK_MS = 100;
const TICKS = (LONG ? 300 : 4) * (1000 / TICK_MS);
/** Bytes of live objects that may be more after the run: messages of one open chat, and the list's own bound. */
const GROWTH_LIMIT_BYTES = 12 * 1024 * 1024;
/** A long task is one of 50 ms or more; together they may take this part of the run. */
const LONG_SHARE_LIMIT = 0.05;

const idOf = (index: number): string => `wz:main:97155${String(index).padStart(7, '0')}`;

const liveBytes = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

const OBSERVE = `
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ entryTypes: ['longtask'] });`;

describe.skipIf(reason !== null)(`a busy shop${reason === null ? '' : ` (${reason})`}`, () => {
  const stage = useStage();

  it('is followed live: nothing is lost, little is rendered, memory stays', async () => {
    const mock = stage.mock();
    for (let index = 0; index < CONVERSATIONS; index += 1) {
      const at = Date.now() - index * 1000;
      const chat = startConversation({ chatId: idOf(index).slice(8), name: `Customer ${index}`, at });
      applyStep(chat, {
        at,
        event: 'customer.message',
        title: 'The customer wrote',
        message: { from: 'customer', text: 'Hi' },
      });
      mock.add(chat);
    }
    const { page, complaints } = await stage.signedIn();
    await page.goto(mock.url + pathOf(idOf(0)));
    await page.locator('.bubble').first().waitFor();
    await until(() => mock.live.connections() === 1, 'the stream is open');
    await page.evaluate(OBSERVE);
    const before = await liveBytes(page);
    const began = performance.now();
    for (let tick = 0; tick < TICKS; tick += 1) {
      for (let step = 0; step < STEPS_EACH_TICK; step += 1) {
        const index = (tick * STEPS_EACH_TICK + step * 83) % CONVERSATIONS;
        mock.step(idOf(index), {
          cause: 'customer',
          event: 'customer.message',
          title: 'The customer wrote',
          message: { from: 'customer', text: `Line ${tick}` },
        });
      }
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    const tookMs = performance.now() - began;
    mock.step(idOf(0), {
      event: 'customer.message',
      title: 'x',
      message: { from: 'customer', text: 'The very last' },
    });
    await page.locator('.from-customer .bubble', { hasText: 'The very last' }).waitFor();
    const tasks = await page.evaluate<number[]>('window.longTasks');
    const busyMs = tasks.reduce((sum, one) => sum + one, 0);
    const growth = (await liveBytes(page)) - before;
    process.stdout.write(
      `busy shop: ${TICKS * STEPS_EACH_TICK} transitions in ${Math.round(tookMs)} ms, ${tasks.length} long tasks of ${Math.round(busyMs)} ms, heap ${Math.round(growth / 1024)} kB\n`,
    );
    expect(await page.locator('.row').count()).toBeLessThan(40);
    expect(growth).toBeLessThan(GROWTH_LIMIT_BYTES);
    expect(complaints).toEqual([]);
    if (LONG) expect(busyMs / tookMs).toBeLessThan(LONG_SHARE_LIMIT);
  });
});
