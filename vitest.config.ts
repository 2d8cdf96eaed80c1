import { defineConfig } from 'vitest/config';

const globalSetup = ['tests/support/postgres-server.ts'];

/** Two files at a time: each has servers and a database of its own. */
const together = { maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 300_000, hookTimeout: 300_000 };

/**
 * Three projects. `npm test` runs `unit` (tests beside their file, the database included) in parallel, then `system`
 * (tests/: the whole product as a subprocess, dialogues, chaos) and `browser` (tests/browser) side by side.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup,
          // Most of them wait for Postgres or a socket: more workers than cores of a small machine pay.
          maxWorkers: 3,
          include: ['{machines,adapters,actors,runtime,admin,tools,bench}/**/*.test.{ts,tsx,mjs}'],
          expect: { poll: { timeout: 30_000 } },
          // Far beyond what any of them takes: a busy machine is no fault of a test.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...together,
          name: 'system',
          globalSetup: [...globalSetup, 'tests/support/built-admin.ts'],
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**'],
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          ...together,
          name: 'browser',
          globalSetup: [...globalSetup, 'tests/support/built-admin.ts'],
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          expect: { poll: { timeout: 60_000 } },
          // A browser that a shared machine starves is no fault of the page. What passes the second time is printed as
          // `(retry x1)`: a page that needs it twice has a race, look for it.
          retry: process.env.CI === undefined ? 0 : 1,
        },
      },
    ],
  },
});
