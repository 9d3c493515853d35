import { existsSync, renameSync } from 'node:fs'

/**
 * Renames a file that cannot be trusted, with all that belongs to it (`companions` are suffixes, as SQLite's `-wal`),
 * so that it is kept whole for a person to look at. Returns its new path, which never existed before.
 */
export function setAside(path: string, why: string, companions: readonly string[] = []): string {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const target = freePath(`${path}.${why}-${stamp}`)
  renameSync(path, target)
  for (const suffix of companions) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return target
}

function freePath(wanted: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const path = attempt === 1 ? wanted : `${wanted}-${attempt}`
    if (!existsSync(path)) return path
  }
}
