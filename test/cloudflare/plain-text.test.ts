import fc from 'fast-check'
import { expect, test } from 'vitest'

import { plainLine, safeDetail } from '../../main/cloudflare/plain-text.ts'

const secret = 'Zx81kQ_-'
const text = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', '\u202e', '\u2028', '😀', secret, '\t')),
  { maxLength: 60 },
)

test('any text becomes one short line that shows as it is, in whole characters', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 50 }), (parts, most) => {
      const line = plainLine(parts.join(''), most)
      expect(line.length).toBeLessThanOrEqual(most)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]| {2}|^ | $/u)
      // Throws on half a character.
      expect(() => encodeURI(line)).not.toThrow()
    }),
  )
})

test('a secret is not in any detail, not even the beginning of one where it is cut', () => {
  fc.assert(
    fc.property(text, fc.nat(220), (parts, before) => {
      const detail = safeDetail('x'.repeat(before) + secret + parts.join(' '), secret)
      expect(detail).not.toContain(secret.slice(0, 4))
      expect(detail.length).toBeLessThanOrEqual(200)
    }),
  )
})

test('text without a secret to hide stands as it is', () => {
  expect(safeDetail('7003 Could not route', '')).toBe('7003 Could not route')
})
