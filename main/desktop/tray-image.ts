import { readFileSync } from 'node:fs'
import path from 'node:path'

import { nativeImage, type NativeImage } from 'electron/common'

import type { TrayIcon } from '../engine/tray-picture.ts'
import { trayIconFile, type TrayPanel } from './tray-icon-file.ts'

/** Sizes in pixels by scale. Windows asks for the one of its scale; macOS has points of two sizes. */
const windowsSizes = new Map([16, 20, 24, 32, 48, 64].map((size) => [size / 16, size]))
const macSizes = new Map([22, 44].map((size) => [size / 22, size]))
/** The host scales it to its panel, most often 22 high, so it is of twice that. */
const linuxSizes = new Map([[1, 44]])

/** Reads icons of the tray from the folder that the build wrote them into. */
export class TrayImages {
  readonly #folder: string
  readonly #platform: NodeJS.Platform
  readonly #read = new Map<string, NativeImage>()

  constructor(folder: string, platform: NodeJS.Platform) {
    this.#folder = folder
    this.#platform = platform
  }

  /** `isPanelDark` is of no account on Linux, where nobody can tell. */
  get(icon: TrayIcon, isPanelDark: boolean): NativeImage {
    const isTemplate = this.#platform === 'darwin' && isMonochrome(icon)
    const panel = this.#platform === 'linux' ? 'any' : isPanelDark && !isTemplate ? 'dark' : 'light'
    const key = trayIconFile(icon, panel, 0)
    const image = this.#read.get(key) ?? this.#load(icon, panel)
    image.setTemplateImage(isTemplate)
    this.#read.set(key, image)
    return image
  }

  #load(icon: TrayIcon, panel: TrayPanel): NativeImage {
    const image = nativeImage.createEmpty()
    for (const [scaleFactor, size] of this.#sizes()) {
      const buffer = readFileSync(path.join(this.#folder, trayIconFile(icon, panel, size)))
      image.addRepresentation({ scaleFactor, width: size, height: size, buffer })
    }
    return image
  }

  #sizes(): ReadonlyMap<number, number> {
    if (this.#platform === 'darwin') return macSizes
    return this.#platform === 'win32' ? windowsSizes : linuxSizes
  }
}

/** Of one colour, which macOS may choose itself so that it fits the menu bar. */
function isMonochrome({ face, isDemo }: TrayIcon): boolean {
  return (
    !isDemo &&
    (face === 'well' || face === 'stale' || face === 'unknown' || face === 'offline' || face === 'signed-out')
  )
}
