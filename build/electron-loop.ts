import { spawn, type ChildProcess } from 'node:child_process'

import { createBuilder, type Plugin, type ViteBuilder } from 'vite'

/** By name, because an environment "ssr" always exists too and must not be built. */
export function buildOne(builder: ViteBuilder, name: string) {
  const environment = builder.environments[name]
  if (environment === undefined) throw new Error(`no environment ${name}`)
  return builder.build(environment)
}

/** What Electron loads: a change of main restarts it, a change of a preload reloads the page. */
const watched = ['main', 'preload', 'confirmPreload']

/** `vite` alone: watches main and preload, starts Electron, restarts it when main changes, reloads the page when preload does. */
export function electronLoop(configFile: string, electronCli: string): Plugin {
  let running: ChildProcess | undefined
  return {
    name: 'electron-loop',
    apply: (_config, { command }) => command === 'serve' && process.env.VITEST === undefined,
    configureServer(server) {
      const start = () => {
        const url = server.resolvedUrls?.local[0] ?? ''
        const extra = process.env.ELECTRON_ARGS?.split(' ') ?? []
        running = spawn(electronCli, ['.', ...extra], {
          stdio: 'inherit',
          env: { ...process.env, VITE_DEV_SERVER_URL: url },
        })
        running.once('exit', () => void server.close().then(() => process.exit()))
      }
      const restart = () => {
        if (running === undefined) {
          start()
          return
        }
        // Wait for the old one to be gone: it holds the single-instance lock, and the new one would quit at once.
        running.removeAllListeners('exit')
        running.once('exit', start)
        running.kill()
      }
      const watch = async () => {
        const builder = await createBuilder({ configFile, mode: 'development', build: { watch: {}, minify: false } })
        const built = new Set<string>()
        for (const name of watched) {
          const output = await buildOne(builder, name)
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
      server.httpServer?.once('listening', () => void watch())
    },
  }
}
