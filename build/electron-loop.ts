import type { ChildProcess } from 'node:child_process'

import { createBuilder, type InlineConfig, type ViteDevServer } from 'vite'

import { buildEnvironment } from './build-environment.ts'

/** What Electron loads itself: a change of main restarts it, a change of a preload reloads the page. */
const watched = ['main', 'preload', 'confirmPreload']

export interface ElectronLoopOptions {
  readonly server: ViteDevServer
  /** Starts Electron on the build; null: it cannot be started, and it was said why. */
  readonly launch: () => ChildProcess | null
  /** Waits for its end and gives its exit status. */
  readonly statusOf: (app: ChildProcess) => Promise<number>
}

/**
 * Watches main and the preloads, and keeps an Electron of the newest whole build running. Gives 0 when the person has
 * quit it, 1 when it cannot be started; one that ended otherwise is started again after the next edit.
 */
export async function runElectronLoop({ server, launch, statusOf }: ElectronLoopOptions): Promise<number> {
  let running: ChildProcess | null = null
  let isStartDue = true
  let isEnding = false
  const building = new Set(watched)
  const broken = new Set<string>()
  let end: (status: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    end = resolve
  })

  /** Starts what is due; the one that runs goes first, because it holds the single-instance lock. */
  const settle = () => {
    if (!isStartDue || building.size > 0 || broken.size > 0) return
    if (running === null) start()
    else if (!running.killed) running.kill()
  }
  const start = () => {
    isStartDue = false
    const app = launch()
    if (app === null) {
      end(1)
      return
    }
    running = app
    void statusOf(app).then((status) => {
      running = null
      if (isEnding || (status === 0 && !isStartDue)) end(0)
      else if (isStartDue) settle()
      else
        process.stderr.write(`Fleetlight ended with ${status}. The next edit of main starts it again; Ctrl-C ends.\n`)
    })
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      isEnding = true
      if (running === null) end(0)
      else running.kill()
    })
  }
  await watch(server, {
    onStart: (name) => {
      building.add(name)
      broken.delete(name)
    },
    onError: (name) => {
      broken.add(name)
    },
    onEnd: (name) => {
      building.delete(name)
      if (broken.has(name)) return
      if (name === 'main') isStartDue = true
      else server.ws.send({ type: 'full-reload' })
      settle()
    },
  })
  return ended
}

interface BuildEvents {
  readonly onStart: (name: string) => void
  readonly onError: (name: string) => void
  readonly onEnd: (name: string) => void
}

async function watch(server: ViteDevServer, { onStart, onError, onEnd }: BuildEvents): Promise<void> {
  const { configFile } = server.config
  if (configFile === undefined) throw new Error('the server has no configuration file')
  // What runs reads files of its build at any time, so none is taken away; the next whole build clears up.
  const environments = Object.fromEntries(watched.map((name) => [name, { build: { emptyOutDir: false } }]))
  const build = { watch: {}, minify: false } satisfies InlineConfig['build']
  const builder = await createBuilder({ configFile, mode: 'development', build, environments })
  for (const name of watched) {
    const output = await buildEnvironment(builder, name)
    if (!('on' in output)) throw new Error('expected a watcher')
    output.on('event', (event) => {
      if (event.code === 'START') onStart(name)
      else if (event.code === 'ERROR') onError(name)
      else if (event.code === 'END') onEnd(name)
    })
  }
}
