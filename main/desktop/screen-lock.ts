import type { SessionBus } from './session-bus.ts'

/** Who locks screens on Linux desktops; each tells by the same signal whether it covers the screen now. */
const screenSavers = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
]

/** Tells when the screen is unlocked, where Electron does not: on Linux. Returns its undo. */
export async function watchUnlock(bus: SessionBus, tell: () => void): Promise<() => void> {
  const undos = await Promise.all(
    screenSavers.map((name) =>
      bus.listen({ interface: name, member: 'ActiveChanged' }, ([isActive]) => {
        if (isActive === false) tell()
      }),
    ),
  )
  return () => {
    for (const undo of undos) undo()
  }
}
