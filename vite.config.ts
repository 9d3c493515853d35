import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

import { buildEnvironment } from './build/build-environment.ts'
import { icons } from './build/icons.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const native = ['keytar', 'libsql']
const external = [/^electron(\/.+)?$/, ...native, ...builtinModules, /^node:/]
const withSvelte = () =>
  svelte({
    configFile: false,
    // Runes for our own components only: libraries still ship legacy ones.
    dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? undefined : { runes: true }),
  })

/** Each preload is one CommonJS file of its own: a sandboxed preload cannot require another. */
const preload = (name: string, emptyOutDir: boolean) => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const },
  build: {
    outDir: at('dist/preload'),
    emptyOutDir,
    target: 'chrome130',
    ssr: true,
    rolldownOptions: {
      input: at(`preload/${name}.ts`),
      external,
      output: { format: 'cjs' as const, entryFileNames: `${name}.cjs` },
    },
  },
})

export default defineConfig({
  root: at('renderer'),
  base: './',
  cacheDir: at('node_modules/.vite'),
  plugins: [withSvelte(), icons()],
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        rolldownOptions: { input: [at('renderer/index.html'), at('renderer/confirm.html')] },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: native, conditions: ['node', 'import', 'module', 'default'] },
      build: {
        outDir: at('dist/main'),
        emptyOutDir: true,
        target: 'node20',
        ssr: true,
        sourcemap: true,
        rolldownOptions: {
          input: {
            index: at('main/index.ts'),
            'store-worker': at('main/store/worker.ts'),
            'demo-worker': at('main/demo/worker.ts'),
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: preload('index', true),
    confirmPreload: preload('confirm', false),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'confirmPreload', 'client']) await buildEnvironment(builder, name)
    },
  },
  test: {
    root: at('.'),
    coverage: {
      provider: 'v8',
      include: ['main/**/*.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: at('coverage'),
      // The engine decides what a person is told: nothing of it goes untried.
      thresholds: { 'main/engine/**': { lines: 95, branches: 95 } },
    },
    projects: [
      {
        extends: false,
        root: at('.'),
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{renderer,e2e}/**'],
        },
      },
      {
        extends: false,
        root: at('.'),
        plugins: [withSvelte(), svelteTesting()],
        test: { name: 'renderer', environment: 'happy-dom', include: ['test/renderer/**/*.test.ts'] },
      },
    ],
  },
})
