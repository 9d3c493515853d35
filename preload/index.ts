import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'

import type { ViewName } from '../main/engine/events.ts'
import { dashboardChannels } from './channels.ts'
import type { AppView, Bridge } from './contract.ts'

/** Listens to a channel of main; returns its undo. The event leads to ipcRenderer, so a listener never passes it on. */
function listen(channel: string, listener: Parameters<typeof ipcRenderer.on>[1]): () => void {
  ipcRenderer.on(channel, listener)
  return () => {
    ipcRenderer.off(channel, listener)
  }
}

const bridge: Bridge = {
  invoke: (command, args) => ipcRenderer.invoke(dashboardChannels.invoke, command, args),
  onView: (callback) =>
    listen(dashboardChannels.view, (_event: IpcRendererEvent, view: AppView) => {
      callback(view)
    }),
  onNavigate: (callback) =>
    listen(dashboardChannels.navigate, (_event: IpcRendererEvent, view: ViewName) => {
      callback(view)
    }),
}

contextBridge.exposeInMainWorld('fleetlight', bridge)
