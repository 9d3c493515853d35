import { contextBridge, ipcRenderer } from 'electron'

import { confirmationChannel } from './channels.ts'
import type { ConfirmBridge } from './confirm-contract.ts'

const bridge: ConfirmBridge = {
  invoke: (command, args) => ipcRenderer.invoke(confirmationChannel, command, args),
}

contextBridge.exposeInMainWorld('confirmation', bridge)
