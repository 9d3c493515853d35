import { Menu, type MenuItemConstructorOptions } from 'electron/main'

import type { TrayCommand, TrayEntry } from '../engine/tray-picture.ts'

/** Makes a menu of its data. */
export function makeTrayMenu(entries: readonly TrayEntry[], onCommand: (command: TrayCommand) => void) {
  return Menu.buildFromTemplate(entries.map((entry) => itemOf(entry, onCommand)))
}

function itemOf(entry: TrayEntry, onCommand: (command: TrayCommand) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' }
    case 'text':
      return { label: literal(entry.label), enabled: false }
    case 'submenu':
      return { label: literal(entry.label), submenu: entry.entries.map((one) => itemOf(one, onCommand)) }
    case 'command':
      return {
        label: literal(entry.label),
        click: () => {
          onCommand(entry.command)
        },
      }
  }
}

/** An ampersand would mark an access key and vanish. */
function literal(label: string): string {
  return label.replaceAll('&', '&&')
}
