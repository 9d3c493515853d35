/**
 * D-Bus messages as bytes, after the message format of the D-Bus specification. We send calls whose arguments are
 * strings, for nothing else is asked; we read every type but file descriptors, for replies may hold anything.
 */
import { alignUp, BusReader, type BusValue } from './session-bus-reader.ts'

export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly args: readonly string[]
}

export interface BusMessage {
  readonly type: 'call' | 'reply' | 'error' | 'signal' | 'other'
  /** Of the call that this answers. */
  readonly replySerial: number | null
  readonly interface: string | null
  readonly member: string | null
  readonly errorName: string | null
  readonly body: readonly BusValue[]
}

/** More than anything that we ask for could be; a longer message is no message. */
const maxMessageBytes = 1024 * 1024
const fixedHeaderBytes = 16
const messageTypes = ['other', 'call', 'reply', 'error', 'signal'] as const
/** Codes of header fields. */
const field = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 } as const

export function encodeCall(call: BusCall, serial: number): Buffer {
  const body = new Writer()
  for (const arg of call.args) body.string(arg)
  const fields = new Writer()
  fields.field(field.path, 'o', call.path)
  fields.field(field.destination, 's', call.destination)
  fields.field(field.interface, 's', call.interface)
  fields.field(field.member, 's', call.member)
  if (call.args.length > 0) fields.field(field.signature, 'g', 's'.repeat(call.args.length))
  const head = new Writer()
  head.bytes(Buffer.from([0x6c, 1, 0, 1])) // little-endian, a call, no flags, protocol version 1
  head.uint32(body.length)
  head.uint32(serial)
  head.uint32(fields.length)
  head.bytes(fields.take())
  head.align(8)
  head.bytes(body.take())
  return head.take()
}

/** How long the message that begins here is, in bytes; null: not enough is here to tell. Throws on what is no message. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < fixedHeaderBytes) return null
  const isLittle = isLittleEndian(bytes)
  const bodyLength = isLittle ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4)
  const fieldsLength = isLittle ? bytes.readUInt32LE(12) : bytes.readUInt32BE(12)
  const length = alignUp(fixedHeaderBytes + fieldsLength, 8) + bodyLength
  if (length > maxMessageBytes) throw new RangeError(`a message of ${length} bytes`)
  return length
}

/** Byte order, type, flags, version, length of the body, serial, fields. */
type Header = readonly [number, number, number, number, number, number, readonly (readonly [number, BusValue])[]]

/** Reads one whole message. Throws on what is no message. */
export function decodeMessage(bytes: Buffer): BusMessage {
  const reader = new BusReader(bytes, isLittleEndian(bytes))
  const [, type, , , , , fields] = reader.all('yyyyuua(yv)') as unknown as Header
  const at = new Map(fields)
  const text = (code: number) => (typeof at.get(code) === 'string' ? String(at.get(code)) : null)
  const replySerial = at.get(field.replySerial)
  reader.align(8)
  return {
    type: messageTypes[type] ?? 'other',
    replySerial: typeof replySerial === 'number' ? replySerial : null,
    interface: text(field.interface),
    member: text(field.member),
    errorName: text(field.errorName),
    body: reader.all(text(field.signature) ?? ''),
  }
}

function isLittleEndian(bytes: Buffer): boolean {
  if (bytes[0] !== 0x6c && bytes[0] !== 0x42) throw new RangeError('neither byte order')
  return bytes[0] === 0x6c
}

class Writer {
  readonly #parts: Buffer[] = []
  length = 0

  bytes(bytes: Buffer): void {
    this.#parts.push(bytes)
    this.length += bytes.length
  }

  align(to: number): void {
    this.bytes(Buffer.alloc(alignUp(this.length, to) - this.length))
  }

  uint32(value: number): void {
    this.align(4)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.bytes(bytes)
  }

  string(text: string): void {
    const bytes = Buffer.from(`${text}\0`)
    this.uint32(bytes.length - 1)
    this.bytes(bytes)
  }

  signature(text: string): void {
    this.bytes(Buffer.from([text.length]))
    this.bytes(Buffer.from(`${text}\0`))
  }

  /** A header field: its code, and its value as a variant. */
  field(code: number, type: 's' | 'o' | 'g', value: string): void {
    this.align(8)
    this.bytes(Buffer.from([code]))
    this.signature(type)
    if (type === 'g') this.signature(value)
    else this.string(value)
  }

  take(): Buffer {
    return Buffer.concat(this.#parts)
  }
}
