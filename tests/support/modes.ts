/**
 * Tests from outside run twice: actors kept in memory between their events, and read from their rows for each event, so
 * that whatever a snapshot does not carry shows as another behaviour.
 */

export interface ProductMode {
  readonly mode: string;
  /** Variables of the product. */
  readonly env: Readonly<Record<string, string>>;
  /** False: a part is enough for this mode; `TEST_LONG=1` runs the whole of both. */
  readonly isWhole: boolean;
}

export const MODES: readonly ProductMode[] = [
  { mode: 'actors kept in memory', env: {}, isWhole: true },
  {
    mode: 'actors read from their rows for each event',
    env: { ENGINE_CACHE_ACTORS: '0' },
    isWhole: process.env.TEST_LONG === '1',
  },
];
