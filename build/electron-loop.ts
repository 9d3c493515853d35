import type { ChildProcess } from 'node:child_process'

import { createBuilder, type ViteDevServer } from 'vite'

import { buildEnvironment } from './build-environment.ts'

/** What Electron loads itself: a change of main restarts it, a change of a preload reloads the page. */
const watched = ['main', 'preload', 'confirmPreload']

/**
 * Watches main and the preloads, and keeps an Electron of the newest build running until the person quits it.
 * @param launch  starts Electron on the build
 */
export async function runElectronLoop(server: ViteDevServer, launch: () => ChildProcess | null): Promise<void> {
  let running: ChildProcess | null = null
  const start = () => {
    running = launch()
    if (running === null) void quit()
    running?.once('exit', () => void quit())
  }
  const quit = async () => {
    await server.close()
    process.exit()
  }
  const restart = () => {
    if (running === null) {
      start()
      return
    }
    // Wait for the old one to be gone: it holds the single-instance lock, and the new one would quit at once.
    running.removeAllListeners('exit')
    running.once('exit', start)
    running.kill()
  }
  const { configFile } = server.config
  if (configFile === undefined) throw new Error('the server has no configuration file')
  const builder = await createBuilder({ configFile, mode: 'development', build: { watch: {}, minify: false } })
  const built = new Set<string>()
  for (const name of watched) {
    const output = await buildEnvironment(builder, name)
    if (!('on' in output)) throw new Error('expected a watcher')
    output.on('event', (event) => {
      if (event.code !== 'END') return
      const isFirst = !built.has(name)
      built.add(name)
      if (built.size < watched.length) return
      if (isFirst || name === 'main') restart()
      else server.ws.send({ type: 'full-reload' })
    })
  }
}
