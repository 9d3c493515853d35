import type { EpochMs } from '../../engine/failure.ts'
import type { Device } from './device.ts'
import { roll, rollBits } from './roll.ts'

const minuteMs = 60_000
const dayMinutes = 1440
const napMinutes = 40
/** How far back the last waking hour of a device is looked for. */
const mostDays = 21

/** Whether a device is awake, and so reports. Everything here is worked out from device and moment: nothing ticks. */
export function isAwake(device: Device, at: EpochMs): boolean {
  switch (device.habit) {
    case 'always':
      return true
    case 'retired':
      return false
    case 'phone':
      return isPhoneAwake(device, napOf(device, at))
    case 'office': {
      const { day, minute } = localTime(device, at)
      const { from, to, lunchFrom, lunchTo, eveningFrom, eveningTo } = hoursOf(device, day)
      return (
        (minute >= from && minute < to && (minute < lunchFrom || minute >= lunchTo)) ||
        (minute >= eveningFrom && minute < eveningTo)
      )
    }
  }
}

/** Since when a device that sleeps has slept; null: it was never awake. */
export function asleepSince(device: Device, at: EpochMs): EpochMs | null {
  switch (device.habit) {
    case 'always':
      return null
    case 'retired':
      return device.retiredAt
    case 'phone': {
      let nap = napOf(device, at)
      for (let back = 0; back < 200 && !isPhoneAwake(device, nap - 1); back++) nap -= 1
      return (nap * napMinutes - napPhase(device)) * minuteMs
    }
    case 'office': {
      const { day, minute } = localTime(device, at)
      for (let back = 0; back < mostDays; back++) {
        const { from, to, lunchFrom, lunchTo, eveningFrom, eveningTo } = hoursOf(device, day - back)
        const ends = [
          to > from ? to : -1,
          lunchTo > lunchFrom ? lunchFrom : -1,
          eveningTo > eveningFrom ? eveningTo : -1,
        ]
        const last = Math.max(...ends.filter((end) => end >= 0 && (back > 0 || end <= minute)), -1)
        if (last >= 0) return ((day - back) * dayMinutes + last - device.utcOffsetMinutes) * minuteMs
      }
      return at - mostDays * dayMinutes * minuteMs
    }
  }
}

function localTime(device: Device, at: EpochMs): { readonly day: number; readonly minute: number } {
  const minutes = at / minuteMs + device.utcOffsetMinutes
  const day = Math.floor(minutes / dayMinutes)
  return { day, minute: minutes - day * dayMinutes }
}

/** The waking hours of one local day, in minutes; equal ends: none. One roll a day makes all of them. */
function hoursOf(device: Device, day: number) {
  const bits = rollBits(device.seed, day)
  // Day 0, 1970-01-01, was a Thursday.
  const isWeekend = (day + 3) % 7 >= 5
  const isAtWork = (bits & 1023) < (isWeekend ? 60 : 960)
  const early = (bits >>> 10) & 127
  const late = (bits >>> 17) & 127
  const lunch = bits >>> 24
  const from = device.startsAt + (early - 64) * 0.6
  const to = isWeekend ? from + 60 + late : device.endsAt + (late - 64) * 0.9
  const lunchFrom = 705 + (lunch & 63)
  const takesLunch = lunch < 80
  const evening = (lunch * 37) & 255
  return {
    from: isAtWork ? from : 0,
    to: isAtWork ? to : 0,
    lunchFrom,
    lunchTo: isAtWork && !isWeekend && takesLunch ? lunchFrom + 20 + (early & 31) : lunchFrom,
    eveningFrom: 1200 + (evening & 31),
    eveningTo: 1200 + (evening & 31) + (evening < 36 ? 30 + late / 2 : 0),
  }
}

/** Phones sleep through a stretch of 40 minutes now and then. */
function isPhoneAwake(device: Device, nap: number): boolean {
  return roll(device.seed, nap) < 0.9
}

function napOf(device: Device, at: EpochMs): number {
  return Math.floor((at / minuteMs + napPhase(device)) / napMinutes)
}

function napPhase(device: Device): number {
  return device.seed % napMinutes
}
