import fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodeMessage, encodeCall, messageLength } from '../../main/desktop/session-bus-codec.ts'
import { BusReader } from '../../main/desktop/session-bus-reader.ts'

const call = { destination: 'a.b', path: '/a/b', interface: 'c.d', member: 'Do', args: ['one', 'zwölf', ''] }

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex')
}

test('what is written can be read', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 9 }), (args) => {
      const bytes = encodeCall({ ...call, args }, 7)
      expect(messageLength(bytes)).toBe(bytes.length)
      expect(decodeMessage(bytes)).toMatchObject({ type: 'call', interface: 'c.d', member: 'Do', body: args })
    }),
  )
})

test('the length of a message is not known before its header is here', () => {
  const bytes = encodeCall(call, 1)
  expect(messageLength(bytes.subarray(0, 15))).toBeNull()
  expect(messageLength(bytes.subarray(0, 16))).toBe(bytes.length)
})

test('reads a signal of the other byte order', () => {
  const parts = [
    '42040001 0000000c 00000001 00000012', // big-endian, a signal; body of 12 bytes, serial 1, fields of 18 bytes
    '0801670002736200', // its signature: sb
    '03017300 00000001 4100', // its member: A
    '000000000000', // to the next multiple of eight
    '00000002 686900 00 00000001', // "hi", true
  ]
  const bytes = bytesOf(parts.join(''))
  expect(messageLength(bytes)).toBe(bytes.length)
  expect(decodeMessage(bytes)).toMatchObject({ type: 'signal', member: 'A', replySerial: null, body: ['hi', true] })
})

test.each([
  ['y', '07', [7]],
  ['b', '01000000', [true]],
  ['n', 'feff', [-2]],
  ['q', 'feff', [65_534]],
  ['i', 'feffffff', [-2]],
  ['u', 'feffffff', [4_294_967_294]],
  ['x', 'feffffffffffffff', [-2n]],
  ['t', 'feffffffffffffff', [18_446_744_073_709_551_614n]],
  ['d', '000000000000f83f', [1.5]],
  ['g', '0261790000', ['ay']],
  ['v', '01750000 2a000000', [42]],
  ['ay', '03000000 010203', [[1, 2, 3]]],
  ['at', '00000000 00000000', [[]]],
  ['a{sv}', '10000000 00000000 01000000 6b00 017500 000000 05000000', [[['k', 5]]]],
  ['y(yy)', '01 00000000000000 0203', [1, [2, 3]]],
])('reads %s', (signature, hex, values) => {
  expect(new BusReader(bytesOf(hex), true).all(signature)).toEqual(values)
})

test.each([
  ['a text beyond the end', 's', 'ff000000 41'],
  ['an array beyond the end', 'ay', 'ff000000 41'],
  ['an array that ends within an element', 'au', '05000000 00000000 00000000'],
  ['an empty struct in an array', 'a()', '08000000 00000000 0000000000000000'],
  ['half a type', 'a', '00000000'],
  ['no type', '?', '00'],
  ['an empty variant', 'v', '0000'],
])('refuses %s', (_, signature, hex) => {
  expect(() => new BusReader(bytesOf(hex), true).all(signature)).toThrow(RangeError)
})

test('refuses variants within variants without end', () => {
  const bytes = Buffer.from('017600'.repeat(2000), 'hex')
  expect(() => new BusReader(bytes, true).all('v')).toThrow(RangeError)
})

test('refuses a message that is larger than anything we ask for', () => {
  const bytes = encodeCall(call, 1)
  bytes.writeUInt32LE(2 ** 31, 4)
  expect(() => messageLength(bytes)).toThrow(RangeError)
})

test('takes any bytes for a message or refuses them, and always ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 400 }), fc.nat(), fc.boolean(), (bytes, at, isReal) => {
      // Real messages with one byte changed get further than noise.
      const message = isReal ? encodeCall(call, 1) : Buffer.from(bytes)
      message[at % message.length] = bytes[0] ?? 0
      try {
        decodeMessage(message)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 3000 },
  )
})
