import { listAccounts } from './operations/accounts.ts'
import { listAuditLogs } from './operations/audit-logs.ts'
import { listCustomPolicies, readDefaultPolicy, readDeviceSettings } from './operations/device-settings.ts'
import { listFleetDevices } from './operations/fleet-devices.ts'
import { readFleetLive } from './operations/fleet-live.ts'
import { readFleetOverTime } from './operations/fleet-over-time.ts'
import { readOverride, setOverride } from './operations/override.ts'
import { listPhysicalDevices } from './operations/physical-devices.ts'
import { listRegistrations } from './operations/registrations.ts'
import { verifyAccountToken, verifyUserToken } from './operations/token-verification.ts'
import type { Operation } from './wire/operation.ts'

/** Every operation of Cloudflare's API that the demo account serves, with examples of requests that have a result. */
export const operations: readonly Operation[] = [
  verifyUserToken,
  verifyAccountToken,
  listAccounts,
  readFleetLive,
  readFleetOverTime,
  listFleetDevices,
  listPhysicalDevices,
  listRegistrations,
  readDeviceSettings,
  readDefaultPolicy,
  listCustomPolicies,
  readOverride,
  setOverride,
  listAuditLogs,
]
