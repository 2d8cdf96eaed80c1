/** Builds the admin into `dist/admin`, served under `/admin/` (contract 3.2). */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/admin/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/admin'),
    emptyOutDir: true,
    target: 'es2024',
    // `light-dark()` and CSS nesting ship as written: every browser of the last two years knows them.
    cssTarget: ['chrome125', 'firefox128', 'safari18'],
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:8000', ws: true } } },
});
