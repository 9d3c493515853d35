import { roll } from '../fleet/roll.ts'

const firstNames =
  'Ada Aiko Amara Anton Beatriz Bram Carmen Chidi Dana Dmitri Elif Emeka Farah Felix Greta Hamid Ines Ivo Jun Kaisa Lars Leila Mara Milan Nadia Nils Noor Omar Paula Priya Ravi Rosa Sami Sanna Tariq Tess Uma Viktor Wei Yara'.split(
    ' ',
  )
const lastNames =
  'Abara Almeida Bakker Berg Castro Dahl Demir Eriksen Farouk Ferreira Gruber Haddad Holm Ito Jansen Kaya Keller Laine Lindqvist Marin Mensah Moreau Nakamura Novak Okafor Olsen Petrov Quist Rahman Ruiz Sato Silva Szabo Tanaka Torres Ueda Vance Weber Yilmaz Zhou'.split(
    ' ',
  )

export const accountName = 'Larkspur Freight'
export const mailDomain = 'larkspur-freight.example'

/** A person of the demo account. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** The person that a number stands for; the same number and seed, the same person. */
export function person(seed: number, number: number): Person {
  const first = firstNames[Math.floor(roll(seed, number * 2) * firstNames.length)] ?? 'Ada'
  const last = lastNames[Math.floor(roll(seed, number * 2 + 1) * lastNames.length)] ?? 'Berg'
  // Numbered, for a fleet has more people than there are names.
  const email = `${first}.${last}.${number}@${mailDomain}`.toLowerCase()
  return { id: uuid(seed, 7_000_003 + number), name: `${first} ${last}`, email }
}

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
