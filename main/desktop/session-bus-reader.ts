/** A value that came over the bus. Variants are opened; a dictionary is an array of its [key, value] pairs. */
export type BusValue = string | number | bigint | boolean | readonly BusValue[]

/** Containers in containers, as the specification bounds them. */
const maxDepth = 64

/** Reads D-Bus values off the bytes of one whole message, from its beginning. Throws on what the bytes do not hold. */
export class BusReader {
  readonly #bytes: DataView
  readonly #isLittle: boolean
  #offset = 0

  constructor(bytes: Uint8Array, isLittle: boolean) {
    this.#bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#isLittle = isLittle
  }

  /** Values of all types of a signature, in turn. */
  all(signature: string, depth = 0): BusValue[] {
    if (depth > maxDepth) throw new RangeError('containers nested too deeply')
    const values: BusValue[] = []
    for (let at = 0; at < signature.length;) {
      const end = typeEnd(signature, at)
      values.push(this.#value(signature.slice(at, end), depth))
      at = end
    }
    return values
  }

  align(to: number): void {
    this.#offset = alignUp(this.#offset, to)
  }

  #value(type: string, depth: number): BusValue {
    const [bytes, isLittle] = [this.#bytes, this.#isLittle]
    switch (type.charAt(0)) {
      case 'y':
        return bytes.getUint8(this.#take(1))
      case 'b':
        return bytes.getUint32(this.#take(4), isLittle) !== 0
      case 'n':
        return bytes.getInt16(this.#take(2), isLittle)
      case 'q':
        return bytes.getUint16(this.#take(2), isLittle)
      case 'i':
        return bytes.getInt32(this.#take(4), isLittle)
      case 'u':
        return bytes.getUint32(this.#take(4), isLittle)
      case 'x':
        return bytes.getBigInt64(this.#take(8), isLittle)
      case 't':
        return bytes.getBigUint64(this.#take(8), isLittle)
      case 'd':
        return bytes.getFloat64(this.#take(8), isLittle)
      case 's':
      case 'o':
        return this.#text(bytes.getUint32(this.#take(4), isLittle))
      case 'g':
        return this.#text(bytes.getUint8(this.#take(1)))
      case 'v':
        return this.#variant(depth)
      case 'a':
        return this.#array(type.slice(1), depth)
      case '(':
      case '{':
        // Of no length, it would make an array without an end.
        if (type.length === 2) throw new RangeError('an empty struct')
        this.align(8)
        return this.all(type.slice(1, -1), depth + 1)
      default:
        throw new RangeError(`no type ${type}`)
    }
  }

  #variant(depth: number): BusValue {
    const [value] = this.all(this.#text(this.#bytes.getUint8(this.#take(1))), depth + 1)
    if (value === undefined) throw new RangeError('an empty variant')
    return value
  }

  #array(type: string, depth: number): BusValue[] {
    const length = this.#bytes.getUint32(this.#take(4), this.#isLittle)
    this.align(alignmentOf(type))
    const end = this.#offset + length
    const values: BusValue[] = []
    while (this.#offset < end) values.push(...this.all(type, depth + 1))
    if (this.#offset !== end) throw new RangeError('an array of another length')
    return values
  }

  /** A text of so many bytes and the zero byte behind it. */
  #text(length: number): string {
    const start = this.#offset + this.#bytes.byteOffset
    if (this.#offset + length + 1 > this.#bytes.byteLength) throw new RangeError('a text beyond the end')
    this.#offset += length + 1
    return Buffer.from(this.#bytes.buffer, start, length).toString()
  }

  /** Where an aligned value of so many bytes lies; steps behind it. */
  #take(size: number): number {
    this.align(size)
    this.#offset += size
    return this.#offset - size
  }
}

export function alignUp(offset: number, to: number): number {
  return Math.ceil(offset / to) * to
}

/** Behind the one whole type that begins at `at`. */
function typeEnd(signature: string, at: number): number {
  let open = 0
  for (let i = at; i < signature.length; i++) {
    const code = signature[i]
    if (code === '(' || code === '{') open++
    else if (code === ')' || code === '}') open--
    if (open === 0 && code !== 'a') return i + 1
  }
  throw new RangeError(`half a type in ${signature}`)
}

function alignmentOf(type: string): number {
  switch (type.charAt(0)) {
    case 'y':
    case 'g':
    case 'v':
      return 1
    case 'n':
    case 'q':
      return 2
    case 'x':
    case 't':
    case 'd':
    case '(':
    case '{':
      return 8
    default:
      return 4
  }
}
