import { follow, isObject, listAt, objectAt, type JsonObject } from './json.ts'
import { under, type Problem } from './problem.ts'

/**
 * The fields of a value that its schema does not name. A JSON Schema lets any further field pass, so a misspelt
 * optional field would go unnoticed without this.
 */
export function undocumentedFields(
  root: JsonObject,
  schema: JsonObject,
  value: unknown,
  at: string,
): readonly Problem[] {
  const parts = partsOf(root, schema)
  if (Array.isArray(value)) {
    const items = { allOf: parts.map((part) => part.items) }
    return value.flatMap((item) => undocumentedFields(root, items, item, `${at}[]`))
  }
  if (!isObject(value) || parts.some((part) => part.additionalProperties === true)) return []
  const named = parts.map((part) => objectAt(part, 'properties'))
  const rest = parts.map((part) => part.additionalProperties).filter(isObject)
  // An object of which nothing is said may hold anything.
  if (rest.length === 0 && named.every((fields) => Object.keys(fields).length === 0)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = under(at, key)
    const known = [...named.map((fields) => fields[key]).filter(isObject), ...rest]
    return known.length === 0
      ? [{ at: place, what: 'is not in the document', value: inner }]
      : undocumentedFields(root, { allOf: known }, inner, place)
  })
}

/** The schemas that a schema is made of, references followed. */
function partsOf(root: JsonObject, schema: unknown): readonly JsonObject[] {
  if (!isObject(schema)) return []
  if (typeof schema.$ref === 'string') return partsOf(root, follow(root, schema.$ref))
  const members = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => listAt(schema, key))
  return [schema, ...members.flatMap((member) => partsOf(root, member))]
}
