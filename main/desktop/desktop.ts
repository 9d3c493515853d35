import path from 'node:path'

import { app, dialog, ipcMain, nativeTheme, session } from 'electron/main'

import { confirmationChannel, dashboardChannels } from '../../preload/channels.ts'
import { confirmCommands } from '../../preload/confirm-contract.ts'
import { commands, type AppView, type CommandAnswers } from '../../preload/contract.ts'
import type { Settings } from '../../preload/contract-types.ts'
import type { ViewName } from '../engine/events.ts'
import type { ConfirmationRequest } from './confirmation-opening.ts'
import { ConfirmationWindow } from './confirmation-window.ts'
import { DashboardWindow, type BoundsMemory } from './dashboard-window.ts'
import { openGate, type Handlers, type Sender } from './ipc-gate.ts'
import { applyOpenAtLogin } from './open-at-login.ts'
import { servePages } from './page-files.ts'
import { hosts, type PageSource } from './page-source.ts'

export interface DesktopOptions {
  /** The folder that holds the build. */
  readonly dist: string
  readonly pages: PageSource
  readonly bounds: BoundsMemory
  /** What starts this app in this profile: the executable and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void
}

type Gate = ReturnType<typeof openGate>

/** The windows, and what else a person sees of the app but tray and notifications. After Electron is ready. */
export class Desktop {
  readonly #options: DesktopOptions
  readonly #dashboard: DashboardWindow
  readonly #confirmation: ConfirmationWindow

  constructor(options: DesktopOptions) {
    const { dist, pages, bounds, log } = options
    this.#options = options
    const setup = (name: keyof typeof hosts, preload: string) => {
      // In memory: nothing that a page keeps reaches the disk.
      const own = session.fromPartition(name)
      servePages(own, hosts[name], path.join(dist, 'renderer'))
      return {
        page: pages[name],
        preload: path.join(dist, 'preload', preload),
        session: own,
        icon: path.join(dist, 'main/icons/app.png'),
        devTools: !app.isPackaged,
        log,
      }
    }
    this.#dashboard = new DashboardWindow(setup('dashboard', 'index.cjs'), bounds)
    this.#confirmation = new ConfirmationWindow(setup('confirmation', 'confirm.cjs'))
  }

  /** Answers the windows from now on; returns its undo. */
  answer(handlers: Handlers<typeof commands, CommandAnswers>): () => void {
    const { pages, log } = this.#options
    const stop = [
      listen(
        dashboardChannels.invoke,
        openGate({
          channel: 'dashboard',
          contents: () => this.#dashboard.contents,
          origin: pages.dashboard.origin,
          schemas: commands,
          handlers,
          log,
        }),
      ),
      listen(
        confirmationChannel,
        openGate({
          channel: 'confirmation',
          contents: () => this.#confirmation.contents,
          origin: pages.confirmation.origin,
          schemas: confirmCommands,
          handlers: this.#confirmation.handlers,
          log,
        }),
      ),
    ]
    return () => {
      for (const step of stop) step()
    }
  }

  /**
   * What `open` means, wherever it comes from (a click on the tray, a second start, a notification): the dashboard comes up
   * at `view`. Null: one that is open stays where it is, a new one begins with the overview.
   */
  open(view: ViewName | null): void {
    this.#dashboard.open(view)
  }

  show(view: AppView): void {
    this.#dashboard.show(view)
  }

  openConfirmation(request: ConfirmationRequest): void {
    this.#confirmation.open(request)
  }

  async askWhereToSave(suggestedName: string): Promise<string | null> {
    const options = { defaultPath: path.join(app.getPath('documents'), suggestedName) }
    const parent = this.#dashboard.browserWindow
    const { canceled, filePath } = await (parent === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(parent, options))
    return canceled || filePath === '' ? null : filePath
  }

  applyTheme(theme: Settings['theme']): void {
    nativeTheme.themeSource = theme
  }

  applyOpenAtLogin(enabled: boolean): void {
    applyOpenAtLogin(enabled, this.#options.command)
  }

  closeWindows(): void {
    this.#confirmation.close()
    this.#dashboard.close()
  }
}

function listen(channel: string, gate: Gate): () => void {
  ipcMain.handle(channel, (event: Sender, command: unknown, args: unknown) => gate(event, command, args))
  return () => {
    ipcMain.removeHandler(channel)
  }
}
