/** How long the vendors take, ms, evenly between the two: as the issue names them for a real shop. */

export type Range = readonly [least: number, most: number];

export interface Latencies {
  readonly model: Range;
  readonly wazzup: Range;
  readonly zoho: Range;
  readonly jina: Range;
}

export const REAL: Latencies = {
  model: [2000, 6000],
  wazzup: [200, 200],
  zoho: [400, 900],
  jina: [300, 300],
};

/** For tests, which look at what happens and not at how long it takes. */
export const SHORT: Latencies = { model: [100, 300], wazzup: [10, 10], zoho: [20, 45], jina: [15, 15] };
