import type { ViewName } from './events.ts'
import type { FaceName } from './face.ts'
import type { Direction } from './model.ts'

/** What the tray can ask for. Names only: what they do is decided where they are handled. */
export type TrayCommand =
  /** `view` null: whichever view is the best to begin with. */
  | { readonly name: 'open'; readonly view: ViewName | null }
  | { readonly name: 'openConfirmation'; readonly direction: Direction }
  /** Null ends a pause. */
  | { readonly name: 'pauseNotifications'; readonly until: '30 minutes' | '2 hours' | 'morning' | null }
  | { readonly name: 'quit' }

/** One line of the menu, as data. */
export type TrayEntry =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: TrayCommand }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly TrayEntry[] }
  | { readonly kind: 'separator' }

export interface TrayIcon {
  readonly face: FaceName
  /** Drawn with the stale mark beside the face's own shape. */
  readonly isStale: boolean
  /** Drawn with the demo badge. */
  readonly isDemo: boolean
}

/** All that the tray shows. Two pictures with equal data look the same. */
export interface TrayPicture {
  readonly icon: TrayIcon
  /** At most 127 characters, which is all that Windows shows. */
  readonly tooltip: string
  readonly menu: readonly TrayEntry[]
}
