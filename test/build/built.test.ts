import { rmSync, utimesSync } from 'node:fs'
import path from 'node:path'

import { beforeEach, describe, expect, it } from 'vitest'

import { isBuildOld } from '../../build/built.ts'
import { makeFolder } from './setup-folder.ts'

const sources = [
  'main/index.ts',
  'main/old.ts',
  'preload/index.ts',
  'renderer/index.html',
  'build/icons.ts',
  'build/icons/faces.svg',
  'vite.config.ts',
  'package-lock.json',
]
const outputs = ['main/index.js', 'main/store-worker.js', 'main/demo-worker.js', 'main/icons/app.png']
  .concat(['preload/index.cjs', 'preload/confirm.cjs', 'renderer/index.html', 'renderer/confirm.html'])
  .map((name) => `dist/${name}`)

describe('the build', () => {
  let root: string
  beforeEach(() => {
    root = makeFolder(Object.fromEntries([...sources, ...outputs].map((name) => [name, ''])))
    for (const output of outputs) setAge(output, -60)
  })
  const setAge = (name: string, seconds: number) => {
    const at = Date.now() / 1000 - seconds
    utimesSync(path.join(root, name), at, at)
  }

  it('is good when all of it is newer than its sources', () => {
    expect(isBuildOld(root)).toBe(false)
  })

  it('is old when a part of it is missing, as after a build that broke off', () => {
    rmSync(path.join(root, 'dist/renderer/confirm.html'))
    expect(isBuildOld(root)).toBe(true)
  })

  it('is old when one source was edited after one part of it', () => {
    setAge('dist/preload/confirm.cjs', 60)
    expect(isBuildOld(root)).toBe(true)
  })

  it('is old when a source was removed', () => {
    for (const output of outputs) setAge(output, 30)
    for (const source of [...sources, 'main', 'preload', 'renderer', 'build/icons']) setAge(source, 60)
    expect(isBuildOld(root)).toBe(false)
    rmSync(path.join(root, 'main/old.ts'))
    expect(isBuildOld(root)).toBe(true)
  })
})
