import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import type { DeskUser } from './daemons.ts'

/** The folders of a desk's throw-away home. */
export interface DeskFolders {
  readonly home: string
  readonly config: string
  readonly data: string
  readonly cache: string
  readonly state: string
  readonly runtime: string
  /** What a program that was killed leaves behind goes with the desk. */
  readonly temporary: string
}

export function foldersOf(root: string): DeskFolders {
  const home = path.join(root, 'home')
  return {
    home,
    config: path.join(home, '.config'),
    data: path.join(home, '.local/share'),
    cache: path.join(home, '.cache'),
    state: path.join(home, '.local/state'),
    runtime: path.join(root, 'run'),
    temporary: path.join(root, 'tmp'),
  }
}

/** Makes the folders with what the desk's programs read from them, and gives all to the desk's user. */
export function furnish(root: string, folders: DeskFolders, user: DeskUser | null): void {
  for (const folder of Object.values(folders)) mkdirSync(folder as string, { recursive: true, mode: 0o700 })
  write(path.join(root, 'bus.conf'), busConfig(folders))
  for (const name of activatable) copyService(name, path.join(folders.runtime, 'services'))
  write(path.join(folders.config, 'xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml'), panelConfig)
  write(path.join(folders.config, 'dunst/dunstrc'), dunstConfig)
  if (user !== null) giveAway(root, user)
}

/** The height of the panel at the top edge of the screen, pixels. */
export const panelHeight = 30

/** What the panel is configured through, and what asks a person for the password of a locked keyring. */
const activatable = ['org.xfce.Xfconf', 'org.gnome.keyring.SystemPrompter']

function copyService(name: string, folder: string): void {
  write(path.join(folder, `${name}.service`), readFileSync(`/usr/share/dbus-1/services/${name}.service`, 'utf8'))
}

/** Only these services start by being asked for: what a desk was told to be without must stay absent. */
function busConfig(folders: DeskFolders): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folders.runtime}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${folders.runtime}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

/** One dark panel along the top: the tray and a clock at its right end. Being configured, it asks nothing at first start. */
const panelConfig = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="${panelHeight}"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="icon-size" type="int" value="22"/>
      <property name="square-icons" type="bool" value="true"/>
    </property>
    <property name="plugin-3" type="string" value="clock"/>
  </property>
</channel>
`

/** Nothing goes away by itself, whoever is idle, and the order on the screen is the order in which it was told. */
const dunstConfig = `[global]
  origin = top-right
  offset = 12x${panelHeight + 12}
  width = 360
  notification_limit = 0
  sort = no
  idle_threshold = 0
  stack_duplicates = no
  show_indicators = no
  font = Inter 10
  frame_width = 1
  gap_size = 6
  markup = full
  format = "<b>%s</b>\\n%b"
  mouse_left_click = do_action, close_current
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
  background = "#161a1e"
  foreground = "#e9edf0"
  frame_color = "#262c32"
[urgency_critical]
  timeout = 0
  background = "#161a1e"
  foreground = "#e9edf0"
  frame_color = "#ff7a4d"
`

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, text)
}

function giveAway(folder: string, { uid, gid }: DeskUser): void {
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chownSync(path.join(entry.parentPath, entry.name), uid, gid)
  }
}
