/** electron-builder's afterPack hook: sets Electron's fuses before anything is signed. */
import path from 'node:path'

import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'

/** Every fuse is stated, none left to a default; a new one in a later Electron stops the packaging until it is here. */
const fuses = {
  [FuseV1Options.RunAsNode]: false,
  // On, Chromium would wait for the keychain at start; the app keeps no cookies.
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

/** @param {import('electron-builder').AfterPackContext} context */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  const executableNames = /** @type {Record<string, string>} */ ({
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: packager.platformSpecificBuildOptions.executableName ?? productFilename,
  })
  const name = executableNames[electronPlatformName]
  if (name === undefined) throw new Error(`no fuses are known for ${electronPlatformName}`)
  const executable = path.join(appOutDir, name)
  // An older Electron has fewer fuses, and @electron/fuses refuses to be told of more.
  const wire = await getCurrentFuseWire(executable)
  const inWire = Object.entries(fuses).filter(([fuse]) => fuse in wire)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    .../** @type {typeof fuses} */ (Object.fromEntries(inWire)),
  })
}
