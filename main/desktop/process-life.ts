import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { app } from 'electron/main'

import { fail, succeed, type Result } from '../engine/failure.ts'
import { lockDown } from './lockdown.ts'
import { registerScheme } from './page-files.ts'
import type { UndoStack } from './undo-stack.ts'

/** Taking everything down ends after this, milliseconds, whatever hangs. */
const takeDownMs = 3000

/**
 * Does what has to be done before Electron is ready. Fails when another one runs in the profile already, which is then told
 * that it was asked for, and when the folder cannot be used.
 * @param profile    the folder of all that this app keeps
 * @param devOrigin  the development server; null: there is none
 */
export function claimProfile(
  profile: string,
  devOrigin: string | null,
): Result<null, { readonly sentence: string; readonly exitCode: number }> {
  // What Chromium keeps for itself stays out of the way of what is ours.
  const browser = path.join(profile, 'browser')
  try {
    mkdirSync(browser, { recursive: true, mode: 0o700 })
  } catch (error) {
    return fail({ sentence: `Fleetlight cannot keep anything in ${profile}: ${String(error)}.`, exitCode: 1 })
  }
  app.setPath('userData', profile)
  app.setPath('sessionData', browser)
  app.setPath('crashDumps', path.join(browser, 'crashes'))
  if (!app.requestSingleInstanceLock()) {
    return fail({ sentence: 'Fleetlight is running in this profile already. Its window comes up.', exitCode: 0 })
  }
  // Root has to turn the sandbox off, and Chromium does not start when it is told both.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Chromium has nothing to keep in the keychain, and would wait for a locked one.
  app.commandLine.appendSwitch('password-store', 'basic')
  // Windows shows notifications only of an app that has such a name.
  app.setAppUserModelId('dev.fleetlight.app')
  registerScheme()
  lockDown(devOrigin)
  return succeed(null)
}

/** Tells whenever somebody starts the app a second time or clicks it in the dock. */
export function onAskedFor(callback: () => void): void {
  app.on('second-instance', callback)
  app.on('activate', callback)
}

/**
 * The app outlives its windows; quitting takes everything down first, once.
 * @param isHeldUp  whether a thread waits for somebody else, and may do so for a long time
 */
export function quitByUndoing(undo: UndoStack, isHeldUp: () => boolean): void {
  app.on('window-all-closed', () => undefined)
  let isQuitting = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (isQuitting) return
    isQuitting = true
    void undo.unwind(takeDownMs).finally(() => {
      end(isHeldUp())
    })
  })
}

/** An orderly end waits for every thread: one in a locked keychain or a silent name server would keep the app for minutes. */
function end(isHeldUp: boolean): void {
  const isNaming = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')
  if (!isHeldUp && !isNaming) {
    app.exit(0)
    return
  }
  // Else its files stay, for somebody to wonder about.
  app.releaseSingleInstanceLock()
  process.kill(process.pid, 'SIGKILL')
}

export function endAtOnce(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`)
  app.exit(exitCode)
}

/** What starts this app again in the same profile; null: the default one. */
export function startCommand(profile: string | null): readonly [string, ...string[]] {
  const args = profile === null ? [] : ['--profile', profile]
  return [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args]
}
