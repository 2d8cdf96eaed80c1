import { defineConfig } from 'vitest/config';

const globalSetup = ['tests/support/postgres-server.ts'];

/**
 * Two projects, run one after the other by `npm test`: `unit` (tests beside their file, the database included) in
 * parallel, then `system` (tests/: the whole product as a subprocess, browsers, chaos), two files at a time: each has
 * servers and a database of its own.
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
          name: 'system',
          globalSetup: [...globalSetup, 'tests/support/built-admin.ts'],
          include: ['tests/**/*.test.{ts,tsx}'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
