import { operations } from '../../main/demo/operations.ts'
import { startDemoServer, type DemoServer } from '../../main/demo/server.ts'
import { lastSeenAt } from '../../main/demo/wire/device-records.ts'
import type { Account } from './asking.ts'
import { asksOf } from './asks.ts'
import type { Checker } from './checker.ts'
import { drive, type Driven } from './drive.ts'

/** Fast, and still under the limit of 200 requests a second for an address that the demo account keeps. */
const latency = { from: 6, to: 6 }

/** Drives every operation of a plain demo account. */
export async function driveDemo(checker: Checker): Promise<readonly Driven[]> {
  const demo = await startDemoServer({ devices: 60, latency, othersPerMinute: 0 })
  try {
    const account = accountOf(demo)
    const now = Date.now()
    const asks = asksOf(operations, { now, deviceId: seenDeviceId(demo) })
    return await drive(checker, account, asks, now)
  } finally {
    await demo.close()
  }
}

/** The demo account as one to be asked; `user` and `account` may do all that it serves. */
export function accountOf({ baseUrl, accountId, tokens }: DemoServer): Account {
  const { both: user, account, unknown } = tokens
  return { baseUrl, accountId, tokens: { user, account, unknown, malformed: 'not a token' } }
}

/** The id of a device that reported within the last hour. Throws when there is none. */
export function seenDeviceId({ account }: DemoServer): string {
  const since = account.clock.lived() - 3_600_000
  const device = account.devices.find((one) => (lastSeenAt(account, one) ?? 0) > since)
  if (device === undefined) throw new Error('No device of the demo account reported within the last hour.')
  return device.id
}
