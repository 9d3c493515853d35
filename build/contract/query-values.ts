import type { ApiDocument, QueryParameter } from './document.ts'
import { follow, isObject, listAt, type JsonObject } from './json.ts'

/** Values that the document allows for a parameter: each of its choices, else one made up by its type and format. */
export function allowedValues(document: ApiDocument, { schema }: QueryParameter, now: number): readonly string[] {
  const node = valueSchema(document, follow(document.root, schema))
  const choices = listAt(node, 'enum')
  if (choices.length > 0) return choices.map(String)
  if (typeof node.example === 'string' || typeof node.example === 'number') return [String(node.example)]
  if (node.type === 'boolean') return ['true', 'false']
  if (node.type === 'number' || node.type === 'integer')
    return [String(typeof node.minimum === 'number' ? node.minimum : 1)]
  // Many times are plain texts to the document, and called timestamps only in words.
  const isTime =
    String(node.format).startsWith('date') || /timestamp/i.test(String(parameterAt(document, schema).description))
  if (isTime) return [new Date(now).toISOString()]
  return [node.format === 'email' ? 'nobody@example.com' : 'nothing']
}

/** Values that the document does not allow; none when it allows any text. */
export function refusedValues(document: ApiDocument, { schema }: QueryParameter): readonly string[] {
  const node = valueSchema(document, follow(document.root, schema))
  if (listAt(node, 'enum').length > 0) return ['no-such-choice']
  if (node.type !== 'number' && node.type !== 'integer') return []
  return [
    'many',
    ...(typeof node.minimum === 'number' ? [String(node.minimum - 1)] : []),
    ...(typeof node.maximum === 'number' ? [String(node.maximum + 1)] : []),
  ]
}

/** The parameter around its schema. */
function parameterAt(document: ApiDocument, schema: string): JsonObject {
  const parameter = follow(document.root, schema.replace(/\/schema$/, ''))
  return isObject(parameter) ? parameter : {}
}

/** The schema of one value: references followed, the items of a list. */
function valueSchema(document: ApiDocument, node: unknown): JsonObject {
  if (!isObject(node)) return {}
  if (typeof node.$ref === 'string') return valueSchema(document, follow(document.root, node.$ref))
  return node.type === 'array' ? valueSchema(document, node.items) : node
}
