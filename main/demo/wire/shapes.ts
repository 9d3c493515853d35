import type { Shape } from '../faults.ts'
import type { Reply } from './reply.ts'

/** An answer as text, with its type. */
export interface Written {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Longer than any client should read, in bytes. */
const tooLong = 9 * 1024 * 1024

export function write({ status, body }: Reply): Written {
  return { status, type: 'application/json', text: JSON.stringify(body) }
}

/** An answer written wrongly in one of the ways in which answers can be wrong. */
export function miswrite(reply: Reply, shape: Shape): Written {
  const envelope = isRecord(reply.body) ? reply.body : {}
  const json = (body: unknown): Written => ({ ...write(reply), text: JSON.stringify(body) })
  switch (shape) {
    case 'html':
      return { status: reply.status, type: 'text/html', text: '<!doctype html><title>Just a moment...</title>' }
    case 'empty':
      return { ...write(reply), text: '' }
    case 'truncated':
      return { ...write(reply), text: write(reply).text.slice(0, -Math.ceil(write(reply).text.length / 3)) }
    case 'bare':
      return json(envelope.result)
    case 'nullResult':
      return json({ ...envelope, result: null })
    case 'noResult':
      return json(without(envelope, 'result'))
    case 'noSuccess':
      return json(without(envelope, 'success'))
    case 'falseWith200':
      return json({
        ...envelope,
        success: false,
        errors: [{ code: 1001, message: 'Something went wrong' }],
        result: null,
      })
    case 'wrongTypes':
      return json({
        ...envelope,
        result: change(envelope.result, (value) =>
          typeof value === 'number' ? 'many' : value === true ? 'yes' : value === false ? 'no' : value,
        ),
      })
    case 'badItems':
      return json({ ...envelope, result: spoilItems(envelope.result) })
    case 'newFields':
      return json({ ...envelope, result: addFields(envelope.result), schema_version: 5 })
    case 'nullGroups':
      return json({ ...envelope, result: change(envelope.result, (value) => (Array.isArray(value) ? null : value)) })
    case 'tooLong':
      return { ...write(reply), text: `${write(reply).text}${' '.repeat(tooLong)}` }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function without(record: Readonly<Record<string, unknown>>, name: string) {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}

/** Changes every value within, from the inside out. */
function change(value: unknown, how: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return how(value.map((item) => change(item, how)))
  if (!isRecord(value)) return how(value)
  return how(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(field, how)])))
}

/** Puts something that is no item into every list. */
function spoilItems(value: unknown): unknown {
  return change(value, (inner) => (Array.isArray(inner) ? [...(inner as unknown[]), { value: 7 }, null] : inner))
}

/** Adds a field to every object. */
function addFields(value: unknown): unknown {
  return change(value, (inner) => (isRecord(inner) ? { ...inner, added_later: ['new'] } : inner))
}
