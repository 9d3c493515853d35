import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { findRuntime } from '../../build/setup/runtime.js'
import { serve } from './server.ts'
import type { Situation } from './server.ts'
import * as situations from './situations.ts'

/** The app runs in the Node that Electron brings along, years older than the one that runs the tests. */

const steps = fileURLToPath(new URL('./fixtures/electron-steps.ts', import.meta.url))
const run = promisify(execFile)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleetlight-gateway-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: steps,
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'steps.mjs' } },
    },
  })
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const cases: readonly (readonly [string, Situation, object])[] = [
  ['carried out', situations.override(true), { value: 'on' }],
  ['cut', situations.cutBeforeAnswer, { kind: 'timeout' }],
  ['reset', situations.resetBeforeAnswer, { kind: 'timeout' }],
  ['answered 408', situations.json(408, {}), { kind: 'timeout' }],
  ['answered 421', situations.json(421, {}), { kind: 'rejected', status: 421 }],
  ['redirected', situations.redirect(307, '/client/v4/again'), { kind: 'badShape', path: 'status' }],
]

test.each(cases)("in Electron's Node a switch is sent once on a used connection: %s", async (_, situation, outcome) => {
  const { origin, received } = await serve(situations.overrideOff, situation, situations.override(true))
  const env = { ELECTRON_RUN_AS_NODE: '1', PATH: process.env.PATH }
  const { stdout } = await run(findRuntime()!.path, [join(folder, 'steps.mjs'), origin], { env })
  expect(JSON.parse(stdout)).toMatchObject({ seen: { value: 'off' }, switched: outcome })
  expect(received.map(({ method, connection }) => `${method} ${connection}`)).toEqual(['GET 1', 'POST 1'])
})
