/** `npm run dev`: runs the app and reloads as you edit; arguments go to the app. */
import path from 'node:path'

import { createServer } from 'vite'

import { pageHeaders } from '../main/desktop/content-policy.ts'
import { runElectronLoop } from './electron-loop.ts'
import { launchApp, statusOf } from './launch.ts'
import { profileOf } from './profile-of.ts'

const args = process.argv.slice(2)
const profile = profileOf(args)
process.exitCode = profile === null ? 2 : await develop(profile)

async function develop(profile: string): Promise<number> {
  // The pages have the policy that they have when built, but that styles come from scripts while they are edited.
  const policy = pageHeaders['content-security-policy'].replace("style-src 'self'", "$& 'unsafe-inline'")
  const server = await createServer({
    configFile: path.resolve(import.meta.dirname, '../vite.config.ts'),
    server: { headers: { 'content-security-policy': policy } },
  })
  await server.listen()
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('the development server has no address')
  const status = await runElectronLoop({
    server,
    launch: () => launchApp(args, { VITE_DEV_SERVER_URL: url }),
    statusOf: (app) => statusOf(app, profile),
  })
  await server.close()
  // The watchers of the builds would keep us.
  process.exit(status)
}
