import { defineConfig } from 'vitest/config'

/** The engine's tests alone: a mutant of the engine is theirs to kill. */
export default defineConfig({
  test: { include: ['test/engine/**/*.test.ts'], setupFiles: ['build/mutants/fixed-seed.ts'] },
})
