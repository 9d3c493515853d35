/** `npm run dev`: runs the app and reloads as you edit; arguments go to the app. */
import path from 'node:path'

import { createServer } from 'vite'

import { runElectronLoop } from './electron-loop.ts'
import { launchApp } from './launch.ts'

const server = await createServer({ configFile: path.resolve(import.meta.dirname, '../vite.config.ts') })
await server.listen()
const url = server.resolvedUrls?.local[0]
if (url === undefined) throw new Error('the development server has no address')
await runElectronLoop(server, () => launchApp(process.argv.slice(2), { VITE_DEV_SERVER_URL: url }))
