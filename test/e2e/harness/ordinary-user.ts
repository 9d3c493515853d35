import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { AppOptions } from '../../../build/desk/app.ts'
import type { DeskUser } from '../../../build/desk/daemons.ts'
import { findRuntime } from '../../../build/setup/runtime.js'

const root = path.resolve(import.meta.dirname, '../../..')

/** Somebody without privileges, and how the app is run as that person. */
export interface OrdinaryUser {
  readonly user: DeskUser | null
  readonly launch: Pick<AppOptions, 'executable' | 'folder' | 'isSandboxed'>
  remove(): void
}

/**
 * Root makes a throw-away user, and a copy of the built app and its runtime that this user may read, wherever the project
 * lies. Anybody else is an ordinary user already.
 */
export function makeOrdinaryUser(): OrdinaryUser {
  if (process.getuid?.() !== 0) return { user: null, launch: { isSandboxed: true }, remove: () => undefined }
  const runtime = findRuntime()
  if (runtime === null) throw new Error('There is no Electron runtime. Run "npm run setup".')

  const name = `fleetlight-${process.pid}`
  execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name])
  const user = { uid: idOf('-u', name), gid: idOf('-g', name) }
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-user-'))
  chmodSync(folder, 0o755)
  cpSync(path.dirname(runtime.path), path.join(folder, 'runtime'), { recursive: true })
  for (const part of ['package.json', 'dist', ...nativePackages()]) {
    cpSync(path.join(root, part), path.join(folder, 'app', part), { recursive: true })
  }
  const executable = path.join(folder, 'electron')
  const electron = path.join(folder, 'runtime', path.basename(runtime.path))
  const become = `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups`
  writeFileSync(executable, `#!/bin/sh\nexec ${become} -- '${electron}' "$@"\n`, { mode: 0o755 })
  execFileSync('chmod', ['-R', 'a+rX', folder])
  return {
    user,
    launch: { executable, folder: path.join(folder, 'app'), isSandboxed: true },
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
      execFileSync('userdel', [name])
    },
  }
}

/** The packages that stay outside of the bundle, with all that they need. */
function nativePackages(): string[] {
  const found = new Set<string>()
  const collect = (name: string) => {
    const folder = `node_modules/${name}`
    const manifest = path.join(root, folder, 'package.json')
    if (found.has(folder) || !existsSync(manifest)) return
    found.add(folder)
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) collect(dependency)
  }
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest
  for (const dependency of Object.keys(dependencies ?? {})) collect(dependency)
  return [...found]
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function idOf(which: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [which, name], { encoding: 'utf8' }))
}
