import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Files below a folder that hold one of the texts, also as UTF-16. */
export function filesHolding(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file)
      return needles.some((needle) => content.includes(needle))
    })
}
