/**
 * A desktop without a screen, for the end-to-end tests, the demo tour and the pictures: a virtual screen, a session bus,
 * a window manager, a tray host, a notification service and a keyring, in a throw-away home. All parts are real.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'

import { Bus } from './desk/bus.ts'
import { assertAlive, Daemons, type Daemon, type DeskUser } from './desk/daemons.ts'
import { foldersOf, furnish } from './desk/folders.ts'
import { lockKeyring, startKeyring } from './desk/keyring.ts'
import { NotificationReader } from './desk/notifications.ts'
import { TrayReader } from './desk/tray.ts'
import { until } from './desk/until.ts'

export interface DeskOptions {
  /** 'unlocked' if not told. */
  readonly keyring?: 'unlocked' | 'locked' | 'none'
  /** A panel that shows tray items; true if not told. */
  readonly hasTrayHost?: boolean
  /** A notification service; true if not told. */
  readonly hasNotifications?: boolean
  /** Of the screen in pixels; 1440 x 900 if not told. */
  readonly size?: { readonly width: number; readonly height: number }
  /** Whose desk it is; ours if not told. Only root can make one for somebody else. */
  readonly user?: DeskUser | null
}

const trayWatcher = 'org.kde.StatusNotifierWatcher'
const notificationService = 'org.freedesktop.Notifications'

/** Makes a desk and waits until every part of it answers. */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  if (process.platform !== 'linux') throw new Error('A virtual desktop can be made on Linux only.')
  const root = mkdtempSync(path.join(tmpdir(), 'fleetlight-desk-'))
  const folders = foldersOf(root)
  const user = options.user ?? null
  furnish(root, folders, user)
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    HOME: folders.home,
    XDG_CONFIG_HOME: folders.config,
    XDG_DATA_HOME: folders.data,
    XDG_CACHE_HOME: folders.cache,
    XDG_STATE_HOME: folders.state,
    XDG_RUNTIME_DIR: folders.runtime,
    TMPDIR: folders.temporary,
    XDG_SESSION_TYPE: 'x11',
    XDG_CURRENT_DESKTOP: 'XFCE',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${folders.runtime}/bus`,
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
  }
  const desk = new Desk(root, folders.home, env, user)
  try {
    await desk.open(options)
  } catch (error) {
    await desk.stop()
    throw error
  }
  return desk
}

/** Makes Ctrl-C and its like end this process in the way in which desks are cleared away. For scripts, not for libraries. */
export function exitOnSignals(): void {
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => process.exit(128 + number))
  }
}

/** A running desk. `stop` ends every process of it and deletes its home; so does the end of this process. */
export class Desk {
  /** For what is started on this desk. */
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly bus: Bus
  readonly tray: TrayReader
  readonly notifications: NotificationReader
  readonly #root: string
  readonly #daemons: Daemons
  #panel: Daemon | null = null
  #notifier: Daemon | null = null
  readonly #clean = () => {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 })
  }

  constructor(root: string, home: string, env: NodeJS.ProcessEnv, user: DeskUser | null) {
    this.#root = root
    this.home = home
    this.env = env
    this.#daemons = new Daemons(env, user)
    this.bus = new Bus(this.#daemons, env.DBUS_SESSION_BUS_ADDRESS ?? '')
    this.tray = new TrayReader(this.bus)
    this.notifications = new NotificationReader(this.bus)
    // After the daemons' own: they are killed first, then what they wrote is deleted.
    process.on('exit', this.#clean)
  }

  async open({ keyring = 'unlocked', hasTrayHost = true, hasNotifications = true, size }: DeskOptions): Promise<void> {
    const { width, height } = size ?? { width: 1440, height: 900 }
    // The screen first: daemons that the bus starts inherit the bus's environment.
    await this.#startScreen(width, height)
    await this.#startBus()
    await this.notifications.start()
    this.#daemons.start('openbox', ['openbox', '--sm-disable'])
    await Promise.all([
      hasTrayHost ? this.startTrayHost() : null,
      hasNotifications ? this.startNotifications() : null,
      keyring === 'none' ? null : startKeyring(this.#daemons, this.bus),
    ])
    if (keyring === 'locked') await this.lockKeyring()
  }

  async startTrayHost(): Promise<void> {
    const panel = this.#daemons.start('xfce4-panel', ['xfce4-panel', '--disable-wm-check'])
    this.#panel = panel
    await this.#untilOwned(trayWatcher, panel)
  }

  /** The tray host goes, as when a panel crashes or is restarted. */
  async stopTrayHost(): Promise<void> {
    if (this.#panel !== null) await this.#daemons.end(this.#panel)
    this.#panel = null
    await until('no tray host on the bus', async () => ((await this.bus.isOwned(trayWatcher)) ? null : true))
  }

  async startNotifications(): Promise<void> {
    this.#notifier = this.#daemons.start('dunst', ['dunst'])
    await this.#untilOwned(notificationService, this.#notifier)
  }

  async stopNotifications(): Promise<void> {
    if (this.#notifier !== null) await this.#daemons.end(this.#notifier)
    this.#notifier = null
  }

  /** The attributes of all that the keyring holds for a service, as lines; the secrets are left out. */
  async keyringEntries(service: string): Promise<readonly string[]> {
    // It prints attributes as remarks, and secrets as output.
    const search = `secret-tool search --all service '${service}' 2>&1 >/dev/null`
    return (await this.run(['sh', '-c', search])).split('\n').filter((line) => line !== '')
  }

  lockKeyring(): Promise<void> {
    return lockKeyring(this.bus)
  }

  /** Runs a command on this desk and returns what it printed. Throws when it fails. */
  run(command: readonly string[]): Promise<string> {
    return this.#daemons.run(command)
  }

  /** Writes what the screen shows, or a part of it in pixels, as PNG. */
  async screenshot(file: string, part?: { x: number; y: number; width: number; height: number }): Promise<void> {
    const crop = part === undefined ? [] : ['-crop', `${part.width}x${part.height}+${part.x}+${part.y}`, '+repage']
    await this.run(['import', '-window', 'root', ...crop, file])
  }

  async stop(): Promise<void> {
    await this.#daemons.stop()
    process.off('exit', this.#clean)
    this.#clean()
  }

  async #startScreen(width: number, height: number): Promise<void> {
    const command = ['Xvfb', '-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-br']
    const screen = this.#daemons.start('Xvfb', command, { stdio: ['pipe'] })
    // It chooses a free number itself, so that desks beside each other never meet.
    const [line] = (await Promise.race([
      once(screen.child.stdio[3] as Readable, 'data'),
      once(screen.child, 'close').then(() => {
        throw new Error(`Xvfb did not start: ${screen.said()}`)
      }),
    ])) as [Buffer]
    this.env.DISPLAY = `:${line.toString().trim()}`
  }

  async #startBus(): Promise<void> {
    const command = ['dbus-daemon', '--nofork', '--nopidfile', `--config-file=${path.join(this.#root, 'bus.conf')}`]
    const daemon = this.#daemons.start('dbus-daemon', command)
    await until('the session bus', async () => {
      assertAlive(daemon)
      await this.bus.isOwned(notificationService)
      return true
    })
  }

  #untilOwned(name: string, daemon: Daemon): Promise<true> {
    return until(
      `${name} on the bus`,
      async () => {
        assertAlive(daemon)
        return (await this.bus.isOwned(name)) ? true : null
      },
      { timeoutMs: 20_000 },
    )
  }
}
