import { z } from 'zod'

import type { Answers } from '../engine/calls.ts'
import { succeed } from '../engine/failure.ts'
import type { Result } from '../engine/failure.ts'
import type { Count, HistoryPoint } from '../engine/model.ts'
import { boundSkipped, decode, decodeItems, timestampSchema } from './decode.ts'
import { plainLine } from './plain-text.ts'

const valueSchema = z.string().transform((text) => plainLine(text, 100))
const devicesSchema = z.int().nonnegative()
const countSchema = z
  .looseObject({ value: valueSchema, uniqueDevicesTotal: devicesSchema })
  .transform(({ value, uniqueDevicesTotal }): Count => ({ value, count: uniqueDevicesTotal }))
const pointSchema = z
  .looseObject({ timestamp: timestampSchema, value: valueSchema, uniqueDevicesTotal: devicesSchema })
  .transform(({ timestamp, value, uniqueDevicesTotal }) => ({ at: timestamp, value, count: uniqueDevicesTotal }))

/** Groups come as lists, as null, or not at all. */
const groupSchema = z.unknown().optional()
const liveSchema = z.looseObject({
  deviceStats: z.looseObject({
    uniqueDevicesTotal: devicesSchema,
    byStatus: groupSchema,
    byMode: groupSchema,
    byPlatform: groupSchema,
    byColo: groupSchema,
    byVersion: groupSchema,
  }),
})
const overTimeSchema = z.looseObject({ deviceStats: z.looseObject({ byStatus: groupSchema, byMode: groupSchema }) })

/** DEX fleet status live. Without a total it is no summary; a group or an item that cannot be read is left out. */
export function decodeFleet(result: unknown): Result<Answers['readFleet']> {
  const live = decode(liveSchema, result, 'result')
  if (!live.ok) return live
  const stats = live.value.deviceStats
  const skipped: string[] = []
  const read = (group: unknown, name: string): readonly Count[] | null => {
    const items = readGroup(countSchema, group, name)
    skipped.push(...items.skipped)
    return items.good
  }
  const by = {
    status: read(stats.byStatus, 'byStatus'),
    mode: read(stats.byMode, 'byMode'),
    platform: read(stats.byPlatform, 'byPlatform'),
    colo: read(stats.byColo, 'byColo'),
    version: read(stats.byVersion, 'byVersion'),
  }
  return succeed({ summary: { total: stats.uniqueDevicesTotal, by }, skipped: boundSkipped(skipped) })
}

/** DEX fleet status over time, oldest first. */
export function decodeHistory(result: unknown): Result<Answers['readHistory']> {
  const overTime = decode(overTimeSchema, result, 'result')
  if (!overTime.ok) return overTime
  const status = readGroup(pointSchema, overTime.value.deviceStats.byStatus, 'byStatus')
  const mode = readGroup(pointSchema, overTime.value.deviceStats.byMode, 'byMode')
  const points: HistoryPoint[] = [
    ...(status.good ?? []).map((point) => ({ ...point, dimension: 'status' as const })),
    ...(mode.good ?? []).map((point) => ({ ...point, dimension: 'mode' as const })),
  ]
  points.sort((one, other) => one.at - other.at)
  return succeed({ points, skipped: boundSkipped([...status.skipped, ...mode.skipped]) })
}

function readGroup<T>(schema: z.ZodType<T>, group: unknown, name: string) {
  const at = `result.deviceStats.${name}`
  if (group === undefined || group === null) return { good: null, skipped: [] }
  if (!Array.isArray(group)) return { good: null, skipped: [at] }
  return decodeItems(schema, group, at)
}
