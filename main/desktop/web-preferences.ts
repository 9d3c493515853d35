import type { Session, WebPreferences } from 'electron/main'

/** What every window of ours is made with: no Node, a world of its own for the preload, Chromium's sandbox. */
export function webPreferences(preload: string, session: Session, devTools: boolean): WebPreferences {
  return {
    preload,
    session,
    devTools,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    plugins: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
  }
}
