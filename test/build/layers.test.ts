import path from 'node:path'

import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const layerRule = '@typescript-eslint/no-restricted-imports'
const eslint = new ESLint({
  overrideConfigFile: 'build/eslint.config.js',
  // Only what an import says matters here, so the files need not exist and no types are read.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId === layerRule,
})

async function isRefused(file: string, code: string): Promise<boolean> {
  const text = file.endsWith('.svelte') ? `<script lang="ts">\n${code}\n</script>` : code
  const [result] = await eslint.lintText(text, { filePath: path.resolve(file) })
  const others = result?.messages.filter(({ ruleId }) => ruleId !== layerRule)
  if (others?.length !== 0) throw new Error(`not linted: ${JSON.stringify(others)}`)
  return result?.messages.length !== 0
}

const refused = [
  ['main/engine/x.ts', "import fs from 'node:fs'"],
  ['main/engine/x.ts', "import { z } from 'zod'"],
  ['main/engine/fleet/x.ts', "import type { App } from 'electron'"],
  ['main/engine/fleet/x.ts', "import { openDatabase } from '../../store/database.ts'"],
  ['main/engine/x.ts', "import type { AppView } from '../../preload/contract.ts'"],
  ['main/store/x.ts', "import { gateway } from '../cloudflare/gateway.ts'"],
  ['main/store/x.ts', "import { serve } from '../demo/server.ts'"],
  ['main/store/x.ts', "import { app } from 'electron/main'"],
  ['main/cloudflare/x.ts', "import { settings } from '../store/settings.ts'"],
  ['main/cloudflare/x.ts', "import { serve } from '../demo/server.ts'"],
  ['main/demo/x.ts', "import { decode } from '../cloudflare/decoding.ts'"],
  ['main/demo/x.ts', "import { settings } from '../store/settings.ts'"],
  ['main/demo/x.ts', "import { createClient } from 'cloudflare/tree-shakable'"],
  ['main/app/x.ts', "import { makeTray } from '../desktop/tray.ts'"],
  ['main/desktop/x.ts', "import { App } from '../app/app.ts'"],
  ['preload/index.ts', "import { commands } from './contract.ts'"],
  ['preload/confirm.ts', "import { confirmCommands } from './confirm-contract.ts'"],
  ['preload/contract.ts', "import { ipcMain } from 'electron'"],
  ['renderer/state/x.ts', "import { commands } from '../../preload/contract.ts'"],
  ['renderer/state/x.ts', "import { faceNames } from '../../main/engine/face.ts'"],
  ['renderer/views/X.svelte', "import { AppState } from '../state/app-state.svelte.ts'"],
  ['renderer/parts/X.svelte', "import { z } from 'zod'"],
  ['renderer/confirm/X.svelte', "import fs from 'node:fs'"],
] as const

const allowed = [
  ['main/engine/fleet/x.ts', "import { isStale } from '../freshness.ts'"],
  ['main/store/x.ts', "import { viewNames } from '../engine/events.ts'"],
  ['main/demo/x.ts', "import type { Device } from 'cloudflare/resources/zero-trust/devices/devices'"],
  ['main/desktop/x.ts', "import { app } from 'electron/main'"],
  ['main/desktop/x.ts', "import { commands } from '../../preload/contract.ts'"],
  ['main/index.ts', "import { makeTray } from './desktop/tray.ts'"],
  ['preload/index.ts', "import type { commands } from './contract.ts'"],
  ['renderer/views/X.svelte', "import type { AppView } from '../../preload/contract.ts'"],
  ['renderer/views/X.svelte', "import type { AppState } from '../state/app-state.svelte.ts'"],
] as const

describe('the linter', () => {
  it.each(refused)('refuses in %s: %s', async (file, code) => {
    expect(await isRefused(file, code)).toBe(true)
  })

  it.each(allowed)('allows in %s: %s', async (file, code) => {
    expect(await isRefused(file, code)).toBe(false)
  })
})
