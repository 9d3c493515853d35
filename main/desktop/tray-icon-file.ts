import { faceNames } from '../engine/face.ts'
import type { TrayIcon } from '../engine/tray-picture.ts'

/**
 * What lies behind the icon. 'any' is for desktops that tell nobody the colour of their panel: it has the colours of
 * the dark panel with an edge around them that shows on a light one.
 */
export const trayPanels = ['dark', 'light', 'any'] as const
export type TrayPanel = (typeof trayPanels)[number]

/** Edge lengths in pixels: Windows at 100 to 400 %, macOS at 1x and 2x; on Linux the host scales one large one. */
export const trayIconSizes: Readonly<Record<TrayPanel, readonly number[]>> = {
  dark: [16, 20, 22, 24, 32, 44, 48, 64],
  light: [16, 20, 22, 24, 32, 44, 48, 64],
  any: [44],
}

/** Every icon that a tray can show. */
export const trayIcons: readonly TrayIcon[] = faceNames.flatMap((face) =>
  [false, true].flatMap((isDemo) => [
    { face, isDemo, isStale: false },
    ...(face === 'stale' ? [] : [{ face, isDemo, isStale: true }]),
  ]),
)

/** The PNG of an icon, in the folder of the icons; the build writes it, the tray reads it. */
export function trayIconFile({ face, isStale, isDemo }: TrayIcon, panel: TrayPanel, size: number): string {
  const parts = ['tray', panel, face, ...(isStale ? ['old'] : []), ...(isDemo ? ['demo'] : []), size]
  return `${parts.join('-')}.png`
}
