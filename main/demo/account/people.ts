import { uuid } from '../fleet/identifiers.ts'
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
const mailDomain = 'larkspur-freight.example'

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
