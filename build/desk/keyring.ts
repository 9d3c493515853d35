import type { Bus } from './bus.ts'
import type { Daemons } from './daemons.ts'
import { assertAlive } from './daemons.ts'
import { until } from './until.ts'

/** What opens the keyring of a desk; it protects nothing but a throw-away folder. */
const keyringPassword = 'throw-away'

const secrets = {
  name: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
} as const

/** Starts a secret service with one keyring, unlocked. */
export async function startKeyring(daemons: Daemons, bus: Bus): Promise<void> {
  const command = ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets']
  const daemon = daemons.start('gnome-keyring-daemon', command, { input: keyringPassword })
  await until('a secret service with an open keyring', async () => {
    assertAlive(daemon)
    const [alias] = await bus.call(secrets, 'ReadAlias', 's', 'default')
    return alias === '/' ? null : true
  })
}

/** Locks it: who asks for a secret now waits until a person has typed the password. */
export async function lockKeyring(bus: Bus): Promise<void> {
  await bus.call(secrets, 'Lock', 'ao', '1', '/org/freedesktop/secrets/collection/login')
}
