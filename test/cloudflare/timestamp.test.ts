import fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseTimestamp } from '../../main/cloudflare/timestamp.ts'

const at = Date.UTC(2023, 6, 16, 15)

test.each([
  '2023-07-16 15:00:00+00',
  '2023-07-16T15:00:00Z',
  '2023-07-16t15:00:00.000000000z',
  '2023-07-16T15:00',
  '2023-07-16 15:00:00',
  '2023-07-16 17:00:00+02',
  '2023-07-16 10:30:00-0430',
  '2023-07-16T10:30:00 -04:30',
  ' 2023-07-16T15:00:00Z\n',
])('reads %j', (text) => {
  expect(parseTimestamp(text)).toBe(at)
})

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters))

test('reads a day as its beginning in UTC', () => {
  expect(parseTimestamp('2023-07-16')).toBe(Date.UTC(2023, 6, 16))
})

test.each([
  '',
  '5',
  'now',
  '1689519600',
  '2023-07',
  '2023-13-01T00:00:00Z',
  '2023-07-16T25:00:00Z',
  '2023-07-16T15:00:00+99',
  '2023-07-16T15:00:00Z or so',
  'July 16, 2023',
  '2023-07-16T15:00:00.Z',
])('does not guess at %j', (text) => {
  expect(parseTimestamp(text)).toBeNull()
})

const moment = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const offset = fc.record({
  sign: fc.constantFrom('+', '-'),
  hours: fc.nat(14),
  minutes: fc.constantFrom(0, 15, 30, 45),
})
const style = fc.constantFrom('T', ' ')

test('reads any moment in ISO 8601 and in the style of DEX, in any zone', () => {
  fc.assert(
    fc.property(moment, offset, style, fc.boolean(), (date, { sign, hours, minutes }, between, withColon) => {
      const shiftMs = (sign === '+' ? 1 : -1) * (hours * 60 + minutes) * 60_000
      const local = new Date(date.getTime() + shiftMs).toISOString().slice(0, -1).replace('T', between)
      fc.pre(local.length === 23)
      const two = (part: number) => String(part).padStart(2, '0')
      const zone = minutes === 0 && !withColon ? two(hours) : `${two(hours)}${withColon ? ':' : ''}${two(minutes)}`
      expect(parseTimestamp(`${local}${sign}${zone}`)).toBe(date.getTime())
    }),
  )
})

test('any text is a moment or null', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: oneOf('0123456789-:TZ+ .'), maxLength: 40 }))
  fc.assert(
    fc.property(text, (each) => {
      const read = parseTimestamp(each)
      expect(read === null || Number.isFinite(read)).toBe(true)
    }),
  )
})
