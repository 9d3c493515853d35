import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

import type { Page } from '@playwright/test'

import type { AppDriver } from '../../build/desk/app.ts'
import type { Bridge } from '../../preload/contract.ts'
import { expect, test as base } from './fleetlight.ts'
import { makeOrdinaryUser, type OrdinaryUser } from './harness/ordinary-user.ts'

declare global {
  interface Window {
    fleetlight: Bridge
  }
}

/** As somebody without privileges, with Chromium's sandbox on: as the app is used. */
const test = base.extend<{ app: AppDriver; page: Page }, { someone: OrdinaryUser }>({
  someone: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs here
    async ({}, use) => {
      const someone = makeOrdinaryUser()
      await use(someone)
      someone.remove()
    },
    { scope: 'worker' },
  ],
  deskOptions: async ({ someone }, use) => {
    await use({ user: someone.user })
  },
  app: async ({ fleetlight, someone }, use) => {
    await use(await fleetlight.launch(someone.launch))
  },
  page: async ({ app, fleetlight }, use) => {
    const page = await app.dashboard()
    await fleetlight.connect(page)
    await use(page)
  },
})

test('every window runs in the sandbox', async ({ page, app }) => {
  await page.getByRole('button', { name: 'Emergency disconnect…' }).click()
  await app.confirmation()
  const renderers = childrenOf(app.electron.process().pid ?? 0).filter((one) => one.args.includes('--type=renderer'))
  expect(renderers.length).toBeGreaterThanOrEqual(2)
  for (const { args, status } of renderers) {
    expect(args).not.toContain('--no-sandbox')
    // In process namespaces of its own, and with a filter of system calls.
    expect(/^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).length).toBeGreaterThan(1)
    expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2')
  }
})

test('there is no Node in a window', async ({ page, app }) => {
  await page.getByRole('button', { name: 'Emergency disconnect…' }).click()
  for (const window of [page, await app.confirmation()]) {
    const seen = await window.evaluate(() =>
      ['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    )
    expect(seen).toEqual([])
  }
  expect(await page.evaluate(() => Object.keys(window.fleetlight).sort())).toEqual(['invoke', 'onNavigate', 'onView'])
})

test('the content policy stops foreign code and foreign hosts', async ({ page, demo }) => {
  const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  const outcome = await page.evaluate(async (foreign) => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
    // The debugger that runs this may evaluate whatever it likes; what comes later is the page's own doing.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const evaluated = (() => {
      try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- that it is refused is what is shown
        return String(new Function('return 1')())
      } catch {
        return 'refused'
      }
    })()
    const fetched = await fetch(foreign).then(
      () => 'fetched',
      () => 'refused',
    )
    return { injected: 'injected' in globalThis, evaluated, fetched }
  }, demo.baseUrl)
  expect(outcome).toEqual({ injected: false, evaluated: 'refused', fetched: 'refused' })
})

test('a window neither navigates away nor opens another', async ({ page, app, demo }) => {
  const before = page.url()
  const opened = await page.evaluate((foreign) => {
    location.href = foreign
    return window.open(foreign) !== null
  }, demo.baseUrl)
  expect(opened).toBe(false)
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  expect(page.url()).toBe(before)
  expect(app.electron.windows()).toHaveLength(1)
})

test('permissions are denied', async ({ page }) => {
  const outcome = await page.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    location: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve('granted')
        },
        () => {
          resolve('denied')
        },
      )
    }),
  }))
  expect(outcome).toEqual({ notification: 'denied', camera: 'denied', location: 'denied' })
})

test('a forged command is refused', async ({ page }) => {
  const isRefused = (command: string, args: unknown) =>
    page.evaluate(
      async ([name, given]) => {
        const bridge = window.fleetlight as unknown as {
          invoke(command: string, args: unknown): Promise<{ ok: boolean }>
        }
        return bridge.invoke(name, given).then(
          (reply) => !reply.ok,
          () => true,
        )
      },
      [command, args] as const,
    )
  expect(await isRefused('act', { nonce: crypto.randomUUID(), reason: 'x', typedAccount: '' })).toBe(true)
  expect(await isRefused('openConfirmation', { direction: 'disconnect', accountId: 'another' })).toBe(true)
  expect(await isRefused('series', { dimension: 'connected', hours: 5000 })).toBe(true)
  expect(await isRefused('constructor', {})).toBe(true)
  expect(await isRefused('view', {})).toBe(false)
})

test('a page that is not ours is refused, even with our preload', async ({ app, page, someone }) => {
  expect(await page.evaluate(() => window.fleetlight.invoke('view', {}))).toMatchObject({ ok: true })
  const folder = someone.launch.folder ?? path.resolve(import.meta.dirname, '../..')
  const outcome = await app.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const rogue = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await rogue.loadURL('data:text/html,<title>rogue</title>')
      const reply: unknown = await rogue.webContents.executeJavaScript(
        `globalThis.fleetlight === undefined ? 'no bridge' : fleetlight.invoke('view', {}).then((r) => r.ok, () => false)`,
      )
      rogue.destroy()
      return reply
    },
    path.join(folder, 'dist/preload/index.cjs'),
  )
  expect(outcome).toBe(false)
})

interface Child {
  readonly args: readonly string[]
  readonly status: string
}

/** The processes that descend from one. */
function childrenOf(ancestor: number): Child[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const status = readProc(name, 'status')
    parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0))
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === ancestor || (parent > 1 && descends(parent)))
  }
  return [...parents.keys()]
    .filter(descends)
    .map((pid) => ({ args: readProc(String(pid), 'cmdline').split(/[\0 ]/), status: readProc(String(pid), 'status') }))
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between being listed and being read.
    return ''
  }
}
