import { app, type Session, type WebContents } from 'electron/main'

/**
 * Takes from every session and every page, also from those that nobody meant to make, what a page of ours never needs:
 * permissions, devices, downloads, navigation, new windows, webviews. Before the first window.
 */
export function lockDown(): void {
  app.on('session-created', lockSession)
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents)
  })
}

/** Lets nothing out of a session but requests to the development server, if there is one. */
export function cutOff(session: Session, devOrigin: string | null): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const { protocol, host } = new URL(details.url)
    const isNetwork = ['http:', 'https:', 'ws:', 'wss:', 'ftp:'].includes(protocol)
    decide({ cancel: isNetwork && (devOrigin === null || host !== new URL(devOrigin).host) })
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
