import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import project from './package.json' with { type: 'json' };

// `npm run dev` shows the screens against a server started beside it with `interlink serve`.
const backend = { target: 'http://127.0.0.1:8000', changeOrigin: false };

/**
 * How the app is cut into files. Each file costs a phone a request and a task of its thread, and the service worker fetches
 * all of them, a few at a time; so what is small and shared is put together, but no screen fetches much it does not need.
 */
const pieces = [
  { name: 'first', tags: ['$initial' as const], priority: 2 },
  // The style of all screens but the first is smaller than the headers of the seventy files it would be.
  { name: 'parts', test: /&type=style/, priority: 2 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 3_000, priority: 1 },
];
/** Shared pieces would be named after all screens that share them. */
const pieceName = ({ name }: { name: string }) => `assets/${name.split('~')[0]}-[hash].js`;

/**
 * A stranger's phone fetches all that a screen needs at once. Who is signed in has the app already, and asking for twenty
 * files that lie on the phone takes it longer than reading them.
 */
const strangers = /\/(Catalogue|Interlinker|Join|Process(es)?|Public\w+|Schema|Search|SignIn)-/;
const fetchedAhead = (file: string, needed: string[]) =>
  strangers.test(`/${file}`) ? needed : needed.filter((one) => one.endsWith('.css'));

/** Asks the browser to compile what a stranger sees first while it comes, in another thread (V8 does), not piece by piece as it runs. */
const compiledAhead: Plugin = {
  name: 'compiled-ahead',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const piece of Object.values(bundle))
        if (piece.type === 'chunk' && (piece.isEntry || strangers.test(`/${piece.fileName}`)))
          piece.code = `//# allFunctionsCalledOnLoad\n${piece.code}`;
    },
  },
};

export default defineConfig({
  resolve: {
    alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) },
    // Tests of components mount them: Svelte's half for browsers, not the one for servers.
    ...(process.env.VITEST ? { conditions: ['browser'] } : {}),
  },
  define: { __VERSION__: JSON.stringify(project.version) },
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/i18n/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    }),
    svelte(),
    compiledAhead,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      manifest: false, // public/manifest.webmanifest, by hand
      injectRegister: false, // lib/state/updates.svelte.ts does: the policy of the page allows no inline script
      injectManifest: { globPatterns: ['**/*.{html,js,css,svg,png,woff2,webmanifest}'] },
    }),
  ],
  build: {
    // Phones of the last four years: Chrome 107, Firefox 110, Safari 16.
    target: ['chrome107', 'firefox110', 'safari16'],
    modulePreload: { polyfill: false, resolveDependencies: fetchedAhead },
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    rolldownOptions: { output: { codeSplitting: { groups: pieces }, chunkFileNames: pieceName } },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': backend, '/db': backend } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['src/lib/worker/testing/setup.ts'],
    testTimeout: 10_000,
  },
});
