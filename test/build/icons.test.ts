import { readFileSync } from 'node:fs'
import path from 'node:path'

import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'

import { packageIconSize, renderAppIcon, renderTrayIcon } from '../../build/icons.ts'
import { trayIconFile, trayIcons, trayIconSizes, trayPanels } from '../../main/desktop/tray-icon-file.ts'
import type { TrayIcon } from '../../main/engine/tray-picture.ts'

/** The smallest that any platform shows, pixels. */
const size = 16
const panels = [
  { panel: 'dark', background: 0x1c },
  { panel: 'light', background: 0xf4 },
] as const
const faces = trayIcons.filter(({ isDemo }) => !isDemo)
const pairs = faces.flatMap((one, index) => faces.slice(index + 1).map((other) => [one, other] as const))

/** RGBA bytes of a PNG. */
function pixelsOf(png: Buffer): Buffer {
  const image = `<image width="${size}" height="${size}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${image}</svg>`
  return new Resvg(svg).render().pixels
}

/** What is left of an icon without its colours: how bright each pixel is, 0..1. */
function greysOf(icon: TrayIcon, panel: 'dark' | 'light', background: number): number[] {
  const pixels = pixelsOf(renderTrayIcon(icon, panel, size))
  return Array.from({ length: size * size }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(index * 4)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + background * (1 - alpha / 255)) / 255
  })
}

/** What is left when all is of one colour: how much of each pixel is covered, 0..1. */
function coverOf(icon: TrayIcon): number[] {
  const pixels = pixelsOf(renderTrayIcon(icon, 'dark', size))
  return Array.from({ length: size * size }, (_, index) => (pixels[index * 4 + 3] ?? 0) / 255)
}

/** Share of the icon that differs, 0..1; a pixel of half the contrast counts half. */
function differenceOf(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length
}

function nameOf({ face, isStale }: TrayIcon): string {
  return isStale ? `${face} (old)` : face
}

test.each(panels)('no two faces are alike in grey at 16 px on a $panel panel', ({ panel, background }) => {
  const greys = new Map(faces.map((icon) => [icon, greysOf(icon, panel, background)]))
  const alike = pairs.filter(([one, other]) => differenceOf(greys.get(one)!, greys.get(other)!) < 0.05)
  expect(alike.map((pair) => pair.map(nameOf))).toEqual([])
})

test('no two faces are alike at 16 px in shape alone', () => {
  const covers = new Map(faces.map((icon) => [icon, coverOf(icon)]))
  const alike = pairs.filter(([one, other]) => differenceOf(covers.get(one)!, covers.get(other)!) < 0.08)
  expect(alike.map((pair) => pair.map(nameOf))).toEqual([])
})

test('the icon of "well" has no colour, and that of the override has one of its own', () => {
  for (const { panel } of panels) {
    expect(saturationOf({ face: 'well', isStale: false, isDemo: false }, panel)).toBeLessThan(0.05)
    expect(saturationOf({ face: 'override-on', isStale: false, isDemo: false }, panel)).toBeGreaterThan(0.3)
  }
})

test('every icon is drawn in every size, and no two have the same name', () => {
  const names = trayPanels.flatMap((panel) =>
    trayIconSizes[panel].flatMap((edge) => trayIcons.map((icon) => trayIconFile(icon, panel, edge))),
  )
  expect(new Set(names).size).toBe(names.length)
  for (const panel of trayPanels) {
    for (const edge of trayIconSizes[panel]) {
      const png = renderTrayIcon({ face: 'override-on', isStale: true, isDemo: true }, panel, edge)
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([edge, edge])
    }
  }
})

test("the packager's icon is the one that is drawn now; else run: node build/app-icon.ts", () => {
  const kept = readFileSync(path.resolve(import.meta.dirname, '../../build/icon.png'))
  expect(kept.equals(renderAppIcon(packageIconSize))).toBe(true)
})

/** How far the icon's brightest colour channel is above its darkest, at most, 0..1. */
function saturationOf(icon: TrayIcon, panel: 'dark' | 'light'): number {
  const pixels = pixelsOf(renderTrayIcon(icon, panel, size))
  let most = 0
  for (let index = 0; index < pixels.length; index += 4) {
    const channels = pixels.subarray(index, index + 3)
    most = Math.max(most, (Math.max(...channels) - Math.min(...channels)) / 255)
  }
  return most
}
