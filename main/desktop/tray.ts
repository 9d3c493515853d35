import { nativeTheme, Tray } from 'electron/main'

import type { Clock } from '../engine/ports.ts'
import { describeSilence, describeStart } from '../engine/tray.ts'
import type { TrayCommand, TrayPicture } from '../engine/tray-picture.ts'
import type { SessionBus } from './session-bus.ts'
import { watchTrayHost, type TrayHost } from './tray-host.ts'
import { TrayImages } from './tray-image.ts'
import { makeTrayMenu } from './tray-menu.ts'
import { TrayWatchdog } from './tray-watchdog.ts'

export interface TrayOptions {
  readonly clock: Clock
  /** Where the build wrote the icons. */
  readonly iconFolder: string
  /** Null: this desktop has none, or it is not needed (macOS, Windows). */
  readonly bus: SessionBus | null
  /** A click on the icon is `open` with no view; everything else comes from the menu. */
  readonly onCommand: (command: TrayCommand) => void
  /** Somebody shows the icon now, or nobody has for some seconds. Told whenever that changes. */
  readonly onHostChanged: (host: 'shown' | 'noHost') => void
}

/** A panel that starts or restarts is back within this; until then nobody is told that there is none. */
const hostGraceMs = 5000

/** Opens the tray. It shows that the app starts until the first picture. */
export async function openTray(options: TrayOptions): Promise<TrayAdapter> {
  const tray = new TrayAdapter(options)
  await tray.open()
  return tray
}

/**
 * The tray of this desktop. On Linux an icon that was made before its host came, or before it restarted, is never shown,
 * so one is made anew whenever a host comes.
 */
export class TrayAdapter {
  readonly #options: TrayOptions
  readonly #images: TrayImages
  readonly #watchdog: TrayWatchdog
  /** What was drawn last by the app itself; the watchdog's own pictures are not kept. */
  #drawn: TrayPicture | null = null
  #shown: TrayPicture = describeStart()
  #tray: Tray | null = null
  /** What the tray itself was given last. */
  #tooltip = ''
  #menuText = ''
  #host: 'shown' | 'noHost' | null = null
  #unwatch: (() => void) | null = null
  #cancelGrace: (() => void) | null = null

  constructor(options: TrayOptions) {
    this.#options = options
    this.#images = new TrayImages(options.iconFolder, process.platform)
    this.#watchdog = new TrayWatchdog(options.clock, (silentMs) => {
      this.#show(describeSilence(this.#drawn, silentMs))
    })
  }

  async open(): Promise<void> {
    nativeTheme.on('updated', this.#redraw)
    const { bus } = this.#options
    if (process.platform !== 'linux') this.#tellHost('shown')
    else if (bus === null) this.#onHost({ isThere: false, keeper: null })
    else this.#unwatch = await watchTrayHost(bus, this.#onHost)
    // Without such a host too: older panels show icons in another way, which nobody can be asked about.
    if (this.#tray === null) this.#make()
  }

  draw(picture: TrayPicture): void {
    this.#watchdog.feed()
    this.#drawn = picture
    this.#show(picture)
  }

  close(): void {
    nativeTheme.off('updated', this.#redraw)
    this.#unwatch?.()
    this.#cancelGrace?.()
    this.#watchdog.stop()
    this.#tray?.destroy()
    this.#tray = null
  }

  readonly #onHost = ({ isThere }: TrayHost) => {
    this.#cancelGrace?.()
    const { clock } = this.#options
    if (isThere) {
      this.#make()
      this.#tellHost('shown')
    } else {
      this.#cancelGrace = clock.at(clock.now() + hostGraceMs, () => {
        this.#tellHost('noHost')
      })
    }
  }

  #tellHost(host: 'shown' | 'noHost'): void {
    if (host === this.#host) return
    this.#host = host
    this.#options.onHostChanged(host)
  }

  readonly #redraw = () => {
    this.#tray?.setImage(this.#image())
  }

  #make(): void {
    this.#tray?.destroy()
    const tray = new Tray(this.#image())
    this.#tray = tray
    this.#tooltip = ''
    this.#menuText = ''
    tray.on('click', () => {
      this.#options.onCommand({ name: 'open', view: null })
    })
    // On macOS a menu that is set takes the left click, which is to open the window.
    if (process.platform === 'darwin') {
      tray.on('right-click', () => {
        tray.popUpContextMenu(makeTrayMenu(this.#shown.menu, this.#options.onCommand))
      })
    }
    this.#showTexts()
  }

  #show(picture: TrayPicture): void {
    const before = this.#shown
    this.#shown = picture
    if (JSON.stringify(before.icon) !== JSON.stringify(picture.icon)) this.#redraw()
    this.#showTexts()
  }

  /** Set only when they say something else: a new tooltip or menu makes Linux hosts build an open menu anew. */
  #showTexts(): void {
    if (this.#tray === null) return
    const { tooltip, menu } = this.#shown
    if (tooltip !== this.#tooltip) this.#tray.setToolTip(tooltip)
    this.#tooltip = tooltip
    const text = JSON.stringify(menu)
    if (text === this.#menuText || process.platform === 'darwin') return
    this.#menuText = text
    this.#tray.setContextMenu(makeTrayMenu(menu, this.#options.onCommand))
  }

  #image() {
    return this.#images.get(this.#shown.icon, isPanelDark())
  }
}

/** Electron before 45 may not tell the taskbar's colour from the windows'. */
function isPanelDark(): boolean {
  const theme: Partial<Pick<typeof nativeTheme, 'shouldUseDarkColorsForSystemIntegratedUI'>> = nativeTheme
  return theme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors
}
