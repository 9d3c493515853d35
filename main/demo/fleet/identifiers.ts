import { roll } from './roll.ts'

/** A UUID that belongs to seed and salt. */
export function uuid(seed: number, salt: number): string {
  const hex = hexDigits(seed, salt, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Hexadecimal digits that belong to seed and salt. */
export function hexDigits(seed: number, salt: number, length: number): string {
  let digits = ''
  for (let part = 0; digits.length < length; part++) {
    digits += Math.floor(roll(seed, salt * 16 + part) * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  }
  return digits.slice(0, length)
}
