import type { Session } from 'electron/main'

import type { Page } from './page-source.ts'

/** What a window of ours is made from. */
export interface WindowSetup {
  readonly page: Page
  /** Absolute path of the preload. */
  readonly preload: string
  readonly session: Session
  /** Absolute path of the window's icon. */
  readonly icon: string
  readonly devTools: boolean
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void
}
