/**
 * How the server's Node keeps its heap. Left alone it gives 128 MB to newborn objects and lets the old ones grow to
 * several times what lives before it collects: under a flood of webhooks 450 MB and more for 70 MB of live data. So
 * bounded it stays near 300 MB (bench/README.md).
 */
export const SERVER_NODE_FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=60'];
