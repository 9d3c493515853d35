import { isLoopback } from './api-address.ts'

/** Our own scheme; what it serves lies in the app. */
export const scheme = 'app'

/** Where a window's page comes from. */
export interface Page {
  readonly url: string
  /** Only a frame of this origin is listened to. */
  readonly origin: string
}

export interface PageSource {
  readonly dashboard: Page
  readonly confirmation: Page
  /** Of the development server; null when the pages are those of the build. */
  readonly devOrigin: string | null
}

/** Each window has an origin of its own, so that nothing that one of them keeps is there for the other. */
export const hosts = { dashboard: 'dashboard', confirmation: 'confirm' } as const

/**
 * The pages of the build, or those of a development server on this machine.
 * @param devServer  what VITE_DEV_SERVER_URL says; a packaged app does not look at it
 */
export function choosePages(devServer: string | undefined, isPackaged: boolean): PageSource {
  const dev = devServer !== undefined && URL.canParse(devServer) ? new URL(devServer) : null
  if (isPackaged || dev === null || !isLoopback(dev)) {
    return {
      dashboard: builtPage(hosts.dashboard, 'index.html'),
      confirmation: builtPage(hosts.confirmation, 'confirm.html'),
      devOrigin: null,
    }
  }
  return {
    dashboard: { url: new URL('index.html', dev).href, origin: dev.origin },
    confirmation: { url: new URL('confirm.html', dev).href, origin: dev.origin },
    devOrigin: dev.origin,
  }
}

function builtPage(host: string, file: string): Page {
  return { url: `${scheme}://${host}/${file}`, origin: `${scheme}://${host}` }
}
