import { createHash } from 'node:crypto'

import type { Bus, BusTarget, Variant } from './bus.ts'
import { until, type Patience } from './until.ts'

/** What the tray item says of itself over the bus. */
export interface TrayItem {
  readonly status: string
  readonly tooltip: string
  /** Of the icon's pixels: two icons look the same exactly when this is the same. */
  readonly iconHash: string
  /** The largest icon offered, in rows of ARGB bytes. */
  readonly icon: { readonly width: number; readonly height: number; readonly argb: Buffer }
}

export interface MenuEntry {
  readonly id: number
  readonly label: string
  readonly isSeparator: boolean
  readonly isEnabled: boolean
  readonly children: readonly MenuEntry[]
}

const watcher: BusTarget = {
  name: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
}

/** Reads and uses the one tray item of a desk as its tray host does: StatusNotifierItem and com.canonical.dbusmenu. */
export class TrayReader {
  readonly #bus: Bus

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** The item as it is registered with the tray host now; null: no host, or no item. */
  async item(): Promise<TrayItem | null> {
    const target = await this.#find()
    if (target === null) return null
    const properties = await this.#bus.properties(target)
    const icons = (properties.IconPixmap?.data ?? []) as [number, number, number[]][]
    const [width, height, bytes] = icons.reduce((best, icon) => (icon[0] > best[0] ? icon : best), [0, 0, []])
    const argb = Buffer.from(bytes)
    return {
      status: text(properties.Status),
      tooltip: tooltipOf(properties.ToolTip),
      iconHash: createHash('sha256').update(argb).digest('hex'),
      icon: { width, height, argb },
    }
  }

  /** Waits for an item of which something holds. */
  waitFor(what: string, holds: (item: TrayItem) => boolean = () => true, patience?: Patience): Promise<TrayItem> {
    let last = 'no item'
    return until(
      `tray item: ${what}`,
      async () => {
        const item = await this.item()
        if (item !== null && holds(item)) return item
        throw new Error(`last seen: ${(last = item === null ? 'no item' : item.tooltip)}`)
      },
      patience,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${last}`)
    })
  }

  /** The whole menu, submenus with it. */
  async menu(): Promise<readonly MenuEntry[]> {
    const target = await this.#menu()
    const [, root] = await this.#bus.call(target, 'GetLayout', 'iias', '0', '-1', '0')
    return readEntry(root as Layout).children
  }

  /** Clicks the first entry, at any depth, whose label matches. Throws when there is none, or it is disabled. */
  async click(label: string | RegExp): Promise<void> {
    const entries = flatten(await this.menu())
    const entry = entries.find((one) => (typeof label === 'string' ? one.label === label : label.test(one.label)))
    if (entry === undefined) throw new Error(`No entry ${String(label)} in: ${entries.map((e) => e.label).join(' | ')}`)
    if (!entry.isEnabled) throw new Error(`The entry "${entry.label}" is disabled`)
    await this.#bus.call(await this.#menu(), 'Event', 'isvu', String(entry.id), 'clicked', 's', '', '0')
  }

  /** A left click on the item, as soon as there is one: it comes a little after the app has started. */
  async activate(): Promise<void> {
    const target = await until('a tray item to click', () => this.#find())
    await this.#bus.call(target, 'Activate', 'ii', '5', '5')
  }

  async #find(): Promise<BusTarget | null> {
    if (!(await this.#bus.isOwned(watcher.name))) return null
    const { RegisteredStatusNotifierItems: items } = await this.#bus.properties(watcher)
    const names = (items?.data ?? []) as string[]
    const [, name, path] = /^([^/@]+)@?(\/.*)?$/.exec(names.at(-1) ?? '') ?? []
    if (name === undefined) return null
    return { name, path: path ?? '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' }
  }

  async #menu(): Promise<BusTarget> {
    const target = await this.#find()
    if (target === null) throw new Error('There is no tray item, so there is no menu')
    const { Menu } = await this.#bus.properties(target)
    return { ...target, path: text(Menu), interface: 'com.canonical.dbusmenu' }
  }
}

/** All entries of a menu, each before its submenu. */
export function flatten(entries: readonly MenuEntry[]): MenuEntry[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children)])
}

/** GetLayout's (ia{sv}av). */
type Layout = readonly [number, Readonly<Record<string, Variant>>, readonly { readonly data: Layout }[]]

function readEntry([id, properties, children]: Layout): MenuEntry {
  return {
    id,
    label: withoutMnemonic(text(properties.label)),
    isSeparator: properties.type?.data === 'separator',
    isEnabled: properties.enabled?.data !== false,
    children: children.map((child) => readEntry(child.data)),
  }
}

/** In dbusmenu an underscore marks the access key, and two of them stand for one. */
function withoutMnemonic(label: string): string {
  return label.replace(/_(.?)/g, '$1')
}

/** ToolTip is (sa(iiay)ss): icon name, icons, title, description. */
function tooltipOf(variant: Variant | undefined): string {
  const [, , title, description] = (variant?.data ?? ['', [], '', '']) as [string, unknown, string, string]
  return [title, description].filter((part) => part !== '').join('\n')
}

function text(variant: Variant | undefined): string {
  return typeof variant?.data === 'string' ? variant.data : ''
}
