import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

import { app } from 'electron/main'

/**
 * Starts the app when the person logs in, or no longer does.
 * @param command  the executable and its arguments
 */
export function applyOpenAtLogin(enabled: boolean, command: readonly [string, ...string[]]): void {
  const [executable, ...args] = command
  // Electron's own does nothing on Linux, where desktops read the folder of the XDG autostart specification.
  if (process.platform === 'linux') setAutostart(enabled, command)
  else app.setLoginItemSettings({ openAtLogin: enabled, path: executable, args })
}

function setAutostart(enabled: boolean, command: readonly string[]): void {
  const configured = process.env.XDG_CONFIG_HOME ?? ''
  const folder = path.join(configured === '' ? path.join(homedir(), '.config') : configured, 'autostart')
  const file = path.join(folder, 'fleetlight.desktop')
  if (!enabled) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, autostartEntry(command))
}

/** A desktop entry that runs a command at login. */
export function autostartEntry(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=Fleetlight
Exec=${command.map(quoteArgument).join(' ')}
Terminal=false
X-GNOME-Autostart-enabled=true
`
}

/** Desktop Entry Specification, "The Exec key": quoted, with the reserved characters escaped twice over, and % doubled. */
function quoteArgument(argument: string): string {
  const quoted = argument.replace(/["`$\\]/g, '\\$&')
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}
