import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron/main'

import { ConfirmationOpening, type ConfirmationRequest, type ConfirmHandlers } from './confirmation-opening.ts'
import { webPreferences } from './web-preferences.ts'
import { placeWindow } from './window-placement.ts'
import type { WindowSetup } from './window-setup.ts'

const size = { width: 600, height: 700 }

/** The confirmation window: one at a time, above all others, with a page, a preload, a channel and a session of its own. */
export class ConfirmationWindow {
  readonly #setup: WindowSetup
  #window: BrowserWindow | null = null
  #opening: ConfirmationOpening | null = null

  constructor(setup: WindowSetup) {
    this.#setup = setup
  }

  get contents(): WebContents | null {
    return this.#window?.webContents ?? null
  }

  /** Commands of the window that is open now. */
  readonly handlers: ConfirmHandlers = {
    plan: (args) => this.#opening?.handlers.plan(args) ?? Promise.resolve(closed),
    act: (args) => this.#opening?.handlers.act(args) ?? Promise.resolve(closed),
    cancel: (args) => this.#opening?.handlers.cancel(args) ?? Promise.resolve(closed),
  }

  /** Opens the window; while one is open that one comes to the front and what it shows stays as it is. */
  open(request: ConfirmationRequest): void {
    if (this.#window !== null) {
      this.#window.show()
      this.#window.focus()
      return
    }
    const window = this.#make()
    this.#window = window
    this.#opening = new ConfirmationOpening(request, () => {
      // After the reply has left: a window that closes takes it along.
      setImmediate(() => {
        if (!window.isDestroyed()) window.close()
      })
    })
    window.once('closed', () => {
      this.#window = null
      this.#opening = null
      request.onClosed()
    })
  }

  close(): void {
    this.#window?.destroy()
  }

  #make(): BrowserWindow {
    const { page, preload, session, icon, devTools, log } = this.#setup
    const area = screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).workArea
    const window = new BrowserWindow({
      ...placeWindow(null, [area], size),
      show: false,
      alwaysOnTop: true,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      title: 'Fleetlight: confirm',
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1215' : '#f6f7f8',
      icon,
      webPreferences: webPreferences(preload, session, devTools),
    })
    window.setMenuBarVisibility(false)
    window.once('ready-to-show', () => {
      window.show()
      window.focus()
    })
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log('confirmation gone', { reason, exitCode })
      window.destroy()
    })
    window.loadURL(page.url).catch((error: unknown) => {
      log('confirmation not loaded', { message: String(error) })
      if (!window.isDestroyed()) window.destroy()
    })
    return window
  }
}

const closed = { ok: false, kind: 'closed', message: 'This window is closing. Nothing was sent.' } as const
