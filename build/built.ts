import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const sources = ['main', 'preload', 'renderer', 'build/icons', 'build/icons.ts', 'vite.config.ts', 'package-lock.json']
const outputs = [
  'dist/main/index.js',
  'dist/main/store-worker.js',
  'dist/main/demo-worker.js',
  'dist/main/icons/app.png',
  'dist/preload/index.cjs',
  'dist/preload/confirm.cjs',
  'dist/renderer/index.html',
  'dist/renderer/confirm.html',
]

/** Builds the app when there is no whole build, or one older than its sources. False: the build failed. */
export function ensureBuilt(root: string): boolean {
  if (!isBuildOld(root)) return true
  process.stderr.write('Building ...\n')
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status === 0
}

/** True when a part of the build is missing or older than any source; a source that is gone shows in its folder. */
export function isBuildOld(root: string): boolean {
  const builtAt = outputs.map((output) => statSync(path.join(root, output), { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return sources.some((source) => newestIn(path.join(root, source)) > Math.min(...builtAt))
}

function newestIn(place: string): number {
  const stat = statSync(place)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(place).reduce((newest, name) => Math.max(newest, newestIn(path.join(place, name))), stat.mtimeMs)
}
