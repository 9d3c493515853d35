import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { createServer } from 'vite'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'

import { runElectronLoop } from '../../build/electron-loop.ts'
import { makeFolder } from './setup-folder.ts'

const config = `
  import { writeFileSync } from 'node:fs'
  const tell = { name: 'tell', enforce: 'pre', transform(code) {
    if (code.includes('broken')) writeFileSync(import.meta.dirname + '/seen-broken', '')
  } }
  const build = (name) => ({ consumer: 'server', build: { outDir: 'dist/' + name, emptyOutDir: true, ssr: true,
    rolldownOptions: { input: './' + name + '.js', output: { entryFileNames: 'index.js' } } } })
  export default { root: import.meta.dirname, plugins: [tell], logLevel: 'silent', server: { port: 0 },
    environments: Object.fromEntries(['main', 'preload', 'confirmPreload'].map((name) => [name, build(name)])) }`

const patience = { timeout: 10_000, interval: 20 }

afterEach(() => {
  vi.restoreAllMocks()
})

/** The loop on a project of three lines; the app is a Node that runs what was built of main. */
async function runLoop() {
  const root = makeFolder({
    'vite.config.js': config,
    'package.json': '{"type":"module"}',
    'main.js': 'setInterval(() => "first", 1000)',
    'preload.js': '1',
    'confirmPreload.js': '1',
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const server = await createServer({ configFile: path.join(root, 'vite.config.js') })
  const reload = vi.spyOn(server.ws, 'send')
  /** What each start was a start of. */
  const starts: string[] = []
  const apps: ChildProcess[] = []
  const ended = runElectronLoop({
    server,
    launch: () => {
      const main = path.join(root, 'dist/main/index.js')
      starts.push(/"(\w+)"/.exec(readFileSync(main, 'utf8'))?.[1] ?? '')
      const app = spawn(process.execPath, [main])
      apps.push(app)
      return app
    },
    statusOf: async (app) => {
      const [code] = (await once(app, 'exit')) as [number | null]
      return code ?? 1
    },
  })
  onTestFinished(async () => {
    apps.at(-1)?.kill('SIGKILL')
    await server.close()
  })
  await vi.waitFor(() => {
    expect(starts).toEqual(['first'])
  }, patience)
  const edit = async (name: string, text: string) => {
    // As a person does, not within the same instant in which a build ends: the watchers of files miss that.
    await sleep(250)
    writeFileSync(path.join(root, name), text)
  }
  return {
    ended,
    starts,
    apps,
    reload,
    edit,
    hasSeenBroken: () => existsSync(path.join(root, 'seen-broken')),
    running: () => apps.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null),
  }
}

test('an edit of main restarts the app, one at a time; an edit of a preload reloads the page only', async () => {
  const { starts, edit, reload, running } = await runLoop()
  await edit('main.js', 'setInterval(() => "second", 1000)')
  await vi.waitFor(() => {
    expect(starts).toEqual(['first', 'second'])
  }, patience)
  expect(running()).toHaveLength(1)
  reload.mockClear()
  await edit('preload.js', '2')
  await vi.waitFor(() => {
    expect(reload).toHaveBeenCalledWith({ type: 'full-reload' })
  }, patience)
  await edit('main.js', 'setInterval(() => "third", 1000)')
  await vi.waitFor(() => {
    expect(starts).toEqual(['first', 'second', 'third'])
  }, patience)
}, 30_000)

test('an edit that cannot be built leaves the app running until it is mended', async () => {
  const { starts, edit, reload, hasSeenBroken, running } = await runLoop()
  reload.mockClear()
  await edit('main.js', 'setInterval(() => = "broken", 1000)')
  await vi.waitFor(() => {
    expect(hasSeenBroken()).toBe(true)
  }, patience)
  await edit('preload.js', '2')
  await vi.waitFor(() => {
    expect(reload).toHaveBeenCalled()
  }, patience)
  await edit('main.js', 'setInterval(() => "mended", 1000)')
  await vi.waitFor(() => {
    expect(starts).toEqual(['first', 'mended'])
  }, patience)
  expect(running()).toHaveLength(1)
}, 30_000)

test('the app that is quit ends the loop; one that failed is started again after the next edit', async () => {
  const { ended, starts, apps, edit } = await runLoop()
  await edit('main.js', 'globalThis.word = "fails"; process.exitCode = 3')
  await vi.waitFor(() => {
    expect(apps.at(-1)?.exitCode).toBe(3)
  }, patience)
  await edit('main.js', 'globalThis.word = "quits"')
  expect(await ended).toBe(0)
  expect(starts).toEqual(['first', 'fails', 'quits'])
}, 30_000)
