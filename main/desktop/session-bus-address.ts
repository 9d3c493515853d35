/**
 * The sockets at which the session bus may listen, in the order in which to try them, from DBUS_SESSION_BUS_ADDRESS or
 * the place where every systemd session has it. Abstract sockets begin with a zero byte, as Node wants them. Transports
 * other than Unix sockets are left out: no desktop uses them for its session.
 */
export function busSockets(env: NodeJS.ProcessEnv): string[] {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime } = env
  if (address !== undefined && address !== '') return address.split(';').flatMap(socketOf)
  return runtime === undefined || runtime === '' ? [] : [`${runtime}/bus`]
}

/** One address of the list, such as "unix:path=/run/user/1000/bus,guid=..."; values are percent-encoded. */
function socketOf(address: string): string[] {
  const [, pairs] = /^unix:(.*)$/.exec(address) ?? []
  if (pairs === undefined) return []
  const values = new Map(pairs.split(',').map((pair) => pair.split('=', 2) as [string, string | undefined]))
  const [path, abstract] = [values.get('path'), values.get('abstract')].map(decode)
  if (path != null) return [path]
  return abstract == null ? [] : [`\0${abstract}`]
}

function decode(value: string | undefined): string | null {
  try {
    return value === undefined ? null : decodeURIComponent(value)
  } catch {
    return null
  }
}
