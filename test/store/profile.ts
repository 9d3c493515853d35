import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { openStore, type Store } from '../../main/store/database.ts'

const workerUrl = new URL('../../main/store/worker.ts', import.meta.url)

/** A profile folder of its own, gone after the test. */
export function freshProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'fleetlight-store-'))
  onTestFinished(() => {
    rmSync(profile, { recursive: true, force: true })
  })
  return profile
}

/** The real store with its real worker, closed after the test. */
export function startStore(
  profileDir: string,
  worker = workerUrl,
): { readonly store: Store; readonly notices: string[] } {
  const notices: string[] = []
  const store = openStore({ profileDir, workerUrl: worker, onNotice: (sentence) => notices.push(sentence) })
  onTestFinished(() => store.close())
  return { store, notices }
}

/** Names in a folder that begin with `start`. */
export function filesNamed(folder: string, start: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(start))
}
