import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { Resvg } from '@resvg/resvg-js'
import type { Plugin } from 'vite'

import { trayIconFile, trayIcons, trayIconSizes, trayPanels, type TrayPanel } from '../main/desktop/tray-icon-file.ts'
import type { FaceName } from '../main/engine/face.ts'
import type { TrayIcon } from '../main/engine/tray-picture.ts'

const sources = path.join(import.meta.dirname, 'icons')
/** At and below this size the drawings on whole pixels are used. */
const smallSize = 20
/** Edge lengths of the app's own icon, pixels: of its windows, and what the packager wants. */
const windowIconSize = 256
export const packageIconSize = 512

/** The tones of the windows, grey one step stronger: a tray icon stands alone, on a panel of unknown colour. */
const tones = {
  dark: {
    ink: '#e9edf0',
    degraded: '#e6a23c',
    critical: '#ff7a4d',
    override: '#e07cc4',
    demo: '#6cb6f0',
    old: '#9aa6b1',
  },
  light: {
    ink: '#15191d',
    degraded: '#985a00',
    critical: '#bd3f0b',
    override: '#9d2b7f',
    demo: '#1c68a8',
    old: '#515c67',
  },
} as const
type Tone = keyof typeof tones.dark

const toneOf: Readonly<Record<FaceName, Tone>> = {
  well: 'ink',
  degraded: 'degraded',
  critical: 'critical',
  'override-on': 'override',
  stale: 'old',
  unknown: 'old',
  offline: 'old',
  'signed-out': 'old',
}

/** Follows the shape as a dark edge, which nobody sees on a dark panel. Lengths are 24ths of the icon. */
const edge = `
  <filter id="edge" x="-10%" y="-10%" width="120%" height="120%">
    <feMorphology in="SourceAlpha" operator="dilate" radius="0.9"/>
    <feGaussianBlur stdDeviation="0.35"/>
    <feComponentTransfer result="edge"><feFuncA type="linear" slope="0.85"/></feComponentTransfer>
    <feMerge><feMergeNode in="edge"/><feMergeNode in="SourceGraphic"/></feMerge>
  </filter>`

/** Renders one icon of the tray as PNG. */
export function renderTrayIcon(icon: TrayIcon, panel: TrayPanel, size: number): Buffer {
  const colours = tones[panel === 'any' ? 'dark' : panel]
  const variant = size <= smallSize ? '-16' : ''
  const use = (id: string, tone: Tone) =>
    `<use href="#${id}${variant}" width="24" height="24" color="${colours[tone]}"/>`
  const beside = (mark: string, drawn: string) => `<g mask="url(#beside-${mark}${variant})">${drawn}</g>`
  let drawn = use(icon.face, toneOf[icon.face])
  if (icon.isStale) drawn = beside('stale-mark', drawn) + use('stale-mark', 'old')
  if (icon.isDemo) drawn = beside('demo-badge', drawn) + use('demo-badge', 'demo')
  if (panel === 'any') drawn = `${edge}<g filter="url(#edge)">${drawn}</g>`
  const faces = readFileSync(path.join(sources, 'faces.svg'), 'utf8')
  return render(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${faces}${drawn}</svg>`, size)
}

/** Renders the app's own icon as PNG. */
export function renderAppIcon(size: number): Buffer {
  return render(readFileSync(path.join(sources, 'app.svg'), 'utf8'), size)
}

/** Puts the icons into the folder `icons` of the main process. */
export function icons(): Plugin {
  return {
    name: 'fleetlight:icons',
    applyToEnvironment: ({ name }) => name === 'main',
    // Not emitted as assets: a build prints a line for each of those.
    writeBundle({ dir = '' }) {
      writeIcons(path.join(dir, 'icons'))
    },
  }
}

/** Writes every icon that the app shows while it runs. */
export function writeIcons(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'app.png'), renderAppIcon(windowIconSize))
  for (const icon of trayIcons) {
    for (const panel of trayPanels) {
      for (const size of trayIconSizes[panel]) {
        writeFileSync(path.join(folder, trayIconFile(icon, panel, size)), renderTrayIcon(icon, panel, size))
      }
    }
  }
}

function render(svg: string, size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng()
}
