import { z } from 'zod'

import { faceNames } from '../engine/face.ts'
import type { FailureKind } from '../engine/failure.ts'
import type { OverrideIntent } from '../engine/override/act.ts'
import type { StatusReport } from '../engine/status.ts'

// By name, so that a kind that is missing here does not compile.
const intents: Readonly<Record<OverrideIntent['kind'], true>> = {
  none: true,
  confirming: true,
  sending: true,
  unconfirmed: true,
  converging: true,
  settled: true,
  refused: true,
}
const failureKinds: Readonly<Record<FailureKind, true>> = {
  offline: true,
  unauthorized: true,
  forbidden: true,
  rateLimited: true,
  badShape: true,
  rejected: true,
  server: true,
  timeout: true,
  noToken: true,
  notRecorded: true,
}

const epochMs = z.number().nonnegative()
/** What status.json holds: the report, and who wrote it. */
export const storedStatus = z.object({
  schema: z.literal(1),
  face: z.enum(faceNames),
  override: z.object({
    state: z.enum(['on', 'off', 'unknown']),
    intent: z.enum(namesOf(intents)),
    timestamp: z.string().nullable(),
    asOf: epochMs.nullable(),
  }),
  fleet: z.object({ total: z.number(), byStatus: z.record(z.string(), z.number()), asOf: epochMs }).nullable(),
  incidents: z.array(
    z.object({ id: z.string(), severity: z.enum(['degraded', 'critical']), count: z.number(), since: epochMs }),
  ),
  budget: z.object({ used: z.number(), limit: z.number(), windowS: z.number() }),
  lastError: z
    .object({
      kind: z.enum(namesOf(failureKinds)),
      at: epochMs,
    })
    .nullable(),
  version: z.string(),
  writtenAt: epochMs,
  /** Of the app that wrote it. */
  pid: z.int().positive(),
})

/** The report where there is none. */
export const nothingKnown: StatusReport = {
  schema: 1,
  face: 'unknown',
  override: { state: 'unknown', intent: 'none', timestamp: null, asOf: null },
  fleet: null,
  incidents: [],
  budget: { used: 0, limit: 0, windowS: 0 },
  lastError: null,
  version: '',
  writtenAt: 0,
}

function namesOf<K extends string>(names: Readonly<Record<K, true>>): K[] {
  return Object.keys(names) as K[]
}
