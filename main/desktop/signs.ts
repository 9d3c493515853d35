import type { Clock, Notifier } from '../engine/ports.ts'
import type { TrayCommand, TrayPicture } from '../engine/tray-picture.ts'
import { openNotifier } from './notifier.ts'
import type { SessionBus } from './session-bus.ts'
import { openTray } from './tray.ts'

export interface SignsOptions {
  readonly clock: Clock
  /** Where the build wrote the tray's icons. */
  readonly iconFolder: string
  /** Null: this desktop has none, or it is not needed (macOS, Windows). */
  readonly bus: SessionBus | null
  /** From the tray's icon and menu, from a click on a notification, or because nothing else would show that the app runs. */
  readonly onCommand: (command: TrayCommand) => void
  /** `facts` changed. */
  readonly onChanged: () => void
  readonly log: (event: string, fields: Readonly<Record<string, string>>) => void
}

/** What a person sees of the app without a window: the tray, and notifications. */
export interface Signs {
  readonly notifier: Notifier
  facts(): { readonly tray: 'shown' | 'noHost'; readonly notifications: 'working' | 'missing' }
  draw(picture: TrayPicture): void
  close(): void
}

/** Opens tray and notifications. */
export async function openSigns({ clock, iconFolder, bus, onCommand, onChanged, log }: SignsOptions): Promise<Signs> {
  // Taken for there until told otherwise: a panel may start after the app.
  let facts: ReturnType<Signs['facts']> = { tray: 'shown', notifications: 'working' }
  const tray = await openTray({
    clock,
    iconFolder,
    bus,
    onCommand,
    onHostChanged: (host) => {
      facts = { ...facts, tray: host }
      if (host === 'noHost') onCommand({ name: 'open', view: null })
      onChanged()
    },
  })
  const notifier = await openNotifier({
    clock,
    bus,
    onClick: (view) => {
      onCommand({ name: 'open', view })
    },
    onServiceChanged: (service) => {
      facts = { ...facts, notifications: service }
      onChanged()
    },
    log,
  })
  return {
    notifier,
    facts: () => facts,
    draw: (picture) => {
      tray.draw(picture)
    },
    close: () => {
      notifier.close()
      tray.close()
    },
  }
}
