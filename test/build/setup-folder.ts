import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { onTestFinished } from 'vitest'

/** A folder that is gone after the test, with these files in it. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-setup-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
    if (content.startsWith('#!')) chmodSync(file, 0o755)
  }
  return folder
}

/** A reporter that keeps what it is told. */
export function quietReporter() {
  const told: string[] = []
  const tell = (text: string) => {
    told.push(text)
  }
  return {
    told,
    doing: tell,
    fact: tell,
    during: <T>(text: string, work: () => Promise<T>) => {
      tell(text)
      return work()
    },
  }
}
