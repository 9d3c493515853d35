import { app, Menu, type MenuItemConstructorOptions } from 'electron/main'

/** The menu of the windows: what a keyboard needs. On Windows and Linux it shows while Alt is held. */
export function setApplicationMenu(): void {
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [{ role: 'close' }, { type: 'separator' }, { role: 'quit' }],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      ...(app.isPackaged ? [] : ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ],
  }
  const template: MenuItemConstructorOptions[] = [
    isMac ? { role: 'appMenu' } : file,
    { role: 'editMenu' },
    view,
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
