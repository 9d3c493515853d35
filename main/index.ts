import { randomInt, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { app, net, powerMonitor } from 'electron/main'

import { App } from './app/app.ts'
import { observeKeychain } from './app/observed-keychain.ts'
import type { AppPorts, Shell } from './app/ports.ts'
import { checkToken } from './cloudflare/check.ts'
import { openGateway } from './cloudflare/gateway.ts'
import { startDemo } from './demo/demo.ts'
import { scenarioNames, type ScenarioName } from './demo/scenarios.ts'
import { decideApiAddress, isLoopback } from './desktop/api-address.ts'
import { setApplicationMenu } from './desktop/application-menu.ts'
import { readArguments, type LaunchArguments } from './desktop/arguments.ts'
import { Desktop } from './desktop/desktop.ts'
import { choosePages, type PageSource } from './desktop/page-source.ts'
import { watchPresence, type PresenceEvent } from './desktop/presence.ts'
import { claimProfile, endAtOnce, onAskedFor, quitByUndoing, startCommand } from './desktop/process-life.ts'
import { watchUnlock } from './desktop/screen-lock.ts'
import { openSessionBus, type SessionBus } from './desktop/session-bus.ts'
import { openSigns, type Signs } from './desktop/signs.ts'
import { systemClock } from './desktop/system-clock.ts'
import { UndoStack } from './desktop/undo-stack.ts'
import { describeTray } from './engine/tray.ts'
import type { TrayCommand } from './engine/tray-picture.ts'
import { openStore } from './store/database.ts'
import { keychainAccount, openKeychain } from './store/keychain.ts'
import { openLog } from './store/log.ts'
import { openMemoryKeychain } from './store/memory-keychain.ts'
import { openSettings } from './store/settings.ts'
import { defaultProfileDir, openStatusFile } from './store/status-file.ts'

type Launch = LaunchArguments<ScenarioName>
type Log = ReturnType<typeof openLog>

interface Start {
  readonly launch: Launch
  readonly profile: string
  readonly pages: PageSource
  readonly log: Log
}

const launch = readArguments(process.argv.slice(1), {
  cwd: process.cwd(),
  isPackaged: app.isPackaged,
  scenarios: scenarioNames,
})
if (launch.ok) begin(launch.value)
else endAtOnce(`${launch.failure} Fleetlight was not started.`, 64)

function begin(launch: Launch): void {
  const profile = launch.profile ?? defaultProfileDir()
  const pages = choosePages(process.env.VITE_DEV_SERVER_URL, app.isPackaged)
  const claim = claimProfile(profile, pages.devOrigin)
  if (!claim.ok) {
    endAtOnce(claim.failure.sentence, claim.failure.exitCode)
    return
  }
  const log = openLog({ folder: path.join(profile, 'log') })
  // Not the end: figures age by themselves, and an app that is gone tells nobody anything.
  process.on('uncaughtException', (error) => {
    log('uncaught exception', { message: textOf(error) })
  })
  process.on('unhandledRejection', (reason) => {
    log('unhandled rejection', { message: textOf(reason) })
  })
  // Not awaited here: Electron is not ready before this file has been run to its end.
  app
    .whenReady()
    .then(() => run({ launch, profile, pages, log }))
    .catch((error: unknown) => {
      log('start failed', { message: textOf(error) })
      endAtOnce(`Fleetlight cannot start: ${textOf(error)}`, 1)
    })
}

/** Builds the adapters, wires them to the app, and starts it. */
async function run({ launch, profile, pages, log }: Start): Promise<void> {
  const undo = new UndoStack(log)
  const keychain = openKeychain()
  quitByUndoing(undo, () => keychain.isBusy())
  log('started', { version: app.getVersion(), runtime: describeRuntime(), pid: process.pid })
  undo.add('log', () => {
    log('quit')
  })

  let fleetlight: App | null = null
  const notices: string[] = []
  const notice = (sentence: string) => {
    notices.push(sentence)
    log('notice', { sentence })
    fleetlight?.redraw()
  }
  const { address, warning } = decideApiAddress(process.env.FLEETLIGHT_API_URL, app.isPackaged)
  if (warning !== null) notice(warning)

  const dist = path.join(app.getAppPath(), 'dist')
  const worker = (name: string) => pathToFileURL(path.join(dist, 'main', name))
  const settings = openSettings(profile, notice)
  const store = openStore({ profileDir: profile, workerUrl: worker('store-worker.js'), onNotice: notice })
  undo.add('store', () => store.close())
  const statusFile = openStatusFile(profile)
  undo.add('status file', () => statusFile.remove())

  const desktop = new Desktop({ dist, pages, bounds: settings, command: startCommand(launch.profile), log })
  setApplicationMenu()
  /** Asked for before there is an app. */
  const early: TrayCommand[] = []
  const perform = (command: TrayCommand) => {
    if (command.name === 'quit') app.quit()
    else if (fleetlight === null) early.push(command)
    else performIn(fleetlight, desktop, command)
  }
  const bus = await openBus(log)
  undo.add('session bus', () => bus?.close())
  const signs = await openSigns({
    clock: systemClock,
    iconFolder: path.join(dist, 'main/icons'),
    bus,
    onCommand: perform,
    onChanged: () => fleetlight?.redraw(),
    log,
  })
  undo.add('tray and notifications', () => {
    signs.close()
  })

  // eslint-disable-next-line n/no-unsupported-features/node-builtins -- in Node since 18; only its label was experimental
  const fetch = globalThis.fetch
  const ports: AppPorts = {
    clock: systemClock,
    version: app.getVersion(),
    address,
    vaults: {
      keychain: observeKeychain(keychain, (seen) => fleetlight?.noteKeychain(seen)),
      memory: openMemoryKeychain(),
    },
    keychainAccount,
    settings,
    ledger: await store.openLedger(),
    openFleet: (connection) => store.openFleet(connection),
    deleteFleet: (connection) => store.deleteFleet(connection),
    openApi: (target) => openGateway({ ...target, fetch }),
    checkToken: (target) => checkToken({ ...target, fetch, now: () => systemClock.now() }),
    startDemo: () => startDemo({ workerUrl: worker('demo-worker.js'), ...usualDemo(), ...launch.demo }),
    notifier: signs.notifier,
    writeStatus: (report) => statusFile.write(report),
    writeFile: (file, text) => writeFile(file, text, { mode: 0o600 }),
    newId: () => randomUUID(),
    seed: randomInt(2 ** 32),
    log,
  }
  const running = new App(ports, makeShell(profile, desktop, signs, perform), notices)
  fleetlight = running
  undo.add('app', () => running.close())
  undo.add('gates', desktop.answer(running.commands))
  undo.add('windows', () => {
    desktop.closeWindows()
  })
  onAskedFor(() => {
    perform({ name: 'open', view: null })
  })
  if (launch.demo === null) await running.start()
  else await startOnDemo(running, perform, notice)
  for (const command of early) perform(command)

  const isOnline = () => net.isOnline() || isOnThisMachine(running, address)
  const dispatch = (event: PresenceEvent) => {
    running.dispatch(event)
  }
  undo.add('presence', watchPresence(powerMonitor, isOnline, dispatch))
  if (bus === null) return
  const unwatchUnlock = await watchUnlock(bus, () => {
    dispatch({ type: 'woke', cause: 'unlock' })
  })
  undo.add('screen lock', unwatchUnlock)
}

function performIn(running: App, desktop: Desktop, command: Exclude<TrayCommand, { name: 'quit' }>): void {
  switch (command.name) {
    case 'open':
      desktop.open(command.view)
      return
    case 'openConfirmation':
      running.openConfirmation(command.direction)
      return
    case 'pauseNotifications':
      running.pauseNotifications(command.until)
  }
}

function makeShell(profile: string, desktop: Desktop, signs: Signs, perform: (command: TrayCommand) => void): Shell {
  const facts = { version: app.getVersion(), runtime: describeRuntime(), profile }
  return {
    facts: () => ({ ...facts, ...signs.facts() }),
    openDashboard: (view) => {
      perform({ name: 'open', view })
    },
    show: (view) => {
      signs.draw(describeTray(view.snapshot, systemClock.now()))
      desktop.show(view)
    },
    openConfirmation: (confirmation) => {
      desktop.openConfirmation(confirmation)
    },
    askWhereToSave: (name) => desktop.askWhereToSave(name),
    applyTheme: (theme) => {
      desktop.applyTheme(theme)
    },
    applyOpenAtLogin: (enabled) => {
      desktop.applyOpenAtLogin(enabled)
    },
  }
}

/** What "Try it on a demo fleet" shows. */
function usualDemo() {
  return { devices: 500, scenario: 'calm', seed: randomInt(2 ** 32) } as const
}

/** Only Linux desktops have one. */
async function openBus(log: Log): Promise<SessionBus | null> {
  if (process.platform !== 'linux') return null
  const opened = await openSessionBus(process.env)
  if (opened.ok) return opened.value
  log('no session bus', { detail: opened.failure.detail })
  return null
}

async function startOnDemo(
  running: App,
  perform: (command: TrayCommand) => void,
  notice: (sentence: string) => void,
): Promise<void> {
  const demo = await running.tryDemo()
  if (!demo.ok) notice(demo.message)
  perform({ name: 'open', view: 'overview' })
}

/** Whether what is watched needs no network: the demo, or a test's account. */
function isOnThisMachine(running: App, address: string): boolean {
  return running.view().snapshot.connection?.isDemo === true || isLoopback(new URL(address))
}

function describeRuntime(): string {
  const { electron, chrome, node } = process.versions
  return `Electron ${electron}, Chromium ${chrome}, Node ${node}, ${process.platform} ${process.arch}`
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
