import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron/main'

import { dashboardChannels } from '../../preload/channels.ts'
import type { AppView } from '../../preload/contract.ts'
import type { ViewName } from '../engine/events.ts'
import { ViewFeed } from './view-feed.ts'
import { webPreferences } from './web-preferences.ts'
import { placeWindow, type Rectangle } from './window-placement.ts'
import type { WindowSetup } from './window-setup.ts'

const usualSize = { width: 1180, height: 780 }
const leastSize = { width: 640, height: 480 }

/** Where the window was last, remembered over restarts. */
export interface BoundsMemory {
  windowBounds(): Rectangle | null
  saveWindowBounds(bounds: Rectangle): void
}

/** The dashboard: made when it is asked for, gone when it is closed. */
export class DashboardWindow {
  readonly #setup: WindowSetup
  readonly #bounds: BoundsMemory
  readonly #feed: ViewFeed
  #window: BrowserWindow | null = null
  /** What its page is told as soon as it listens; null: it listens, or there is no window. */
  #waiting: { view: AppView | null; navigateTo: ViewName | null } | null = null

  constructor(setup: WindowSetup, bounds: BoundsMemory) {
    this.#setup = setup
    this.#bounds = bounds
    this.#feed = new ViewFeed(
      (view) => {
        this.contents?.send(dashboardChannels.view, view)
      },
      (bytes) => {
        setup.log('view too large to push', { bytes })
      },
    )
  }

  get contents(): WebContents | null {
    return this.#window?.webContents ?? null
  }

  get browserWindow(): BrowserWindow | null {
    return this.#window
  }

  /** Brings the window up, making it if need be. `view` null: it stays at the view that it shows. */
  open(view: ViewName | null): void {
    if (this.#window === null) this.#window = this.#make()
    else reveal(this.#window)
    if (view === null) return
    if (this.#waiting === null) this.contents?.send(dashboardChannels.navigate, view)
    else this.#waiting.navigateTo = view
  }

  show(view: AppView): void {
    if (this.#window === null) return
    if (this.#waiting === null) this.#feed.offer(view)
    else this.#waiting.view = view
  }

  close(): void {
    this.#window?.close()
  }

  #make(): BrowserWindow {
    const { page, preload, session, icon, devTools, log } = this.#setup
    const [first, ...others] = screen.getAllDisplays()
    const areas = [(first ?? screen.getPrimaryDisplay()).workArea, ...others.map(({ workArea }) => workArea)] as const
    const window = new BrowserWindow({
      ...placeWindow(this.#bounds.windowBounds(), [screen.getPrimaryDisplay().workArea, ...areas], usualSize),
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      show: false,
      title: 'Fleetlight',
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1215' : '#f6f7f8',
      icon,
      webPreferences: webPreferences(preload, session, devTools),
    })
    this.#waiting = { view: null, navigateTo: null }
    window.once('ready-to-show', () => {
      reveal(window)
    })
    // Kept as it moves: a window that is closed from within its page is gone before anybody can ask it.
    let bounds = window.getNormalBounds()
    const follow = () => {
      bounds = window.getNormalBounds()
    }
    window.on('resize', follow)
    window.on('move', follow)
    window.once('closed', () => {
      this.#bounds.saveWindowBounds(bounds)
      this.#window = null
      this.#waiting = null
    })
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#waiting ??= { view: null, navigateTo: null }
    })
    window.webContents.on('did-finish-load', () => {
      this.#tellWaiting()
    })
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log('dashboard gone', { reason, exitCode })
      // The next one who opens it gets a new one; a dead one shows old figures or nothing.
      window.destroy()
    })
    window.loadURL(page.url).catch((error: unknown) => {
      log('dashboard not loaded', { message: String(error) })
      if (!window.isDestroyed() && !window.isVisible()) window.destroy()
    })
    return window
  }

  /** Its scripts have run, so it has subscribed. */
  #tellWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = null
    this.#feed.forget()
    if (waiting === null) return
    if (waiting.view !== null) this.#feed.offer(waiting.view)
    if (waiting.navigateTo !== null) this.contents?.send(dashboardChannels.navigate, waiting.navigateTo)
  }
}

function reveal(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
