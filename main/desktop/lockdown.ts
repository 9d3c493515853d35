import { app, type Session, type WebContents } from 'electron/main'

const networkProtocols = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:'])

/**
 * Takes from every session and every page, also from those that nobody meant to make, what a page of ours never needs:
 * the network, permissions, devices, downloads, navigation, new windows, webviews. Before the first session.
 * @param devOrigin  the development server, which may be reached all the same; null: there is none
 */
export function lockDown(devOrigin: string | null): void {
  app.on('session-created', (session) => {
    lockSession(session)
    cutOff(session, devOrigin)
  })
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents)
  })
}

/** Cloudflare is asked by main alone, and not over Chromium's network. */
function cutOff(session: Session, devOrigin: string | null): void {
  const devHost = devOrigin === null ? null : new URL(devOrigin).host
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const { protocol, host } = new URL(url)
    decide({ cancel: networkProtocols.has(protocol) && host !== devHost })
  })
}

function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  session.setBluetoothPairingHandler((_details, decide) => {
    decide({ confirmed: false })
  })
  // It would fetch dictionaries from the network.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

function lockContents(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    // A page may be loaded again: the development server asks for that.
    if (event.url !== contents.getURL()) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
