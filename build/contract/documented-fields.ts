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
  return fieldsAt(root, [schema], [value], at)
}

/** All values at one place, such as `result[].name`, against all schemas of it. */
function fieldsAt(
  root: JsonObject,
  schemas: readonly unknown[],
  values: readonly unknown[],
  at: string,
): readonly Problem[] {
  const items = values.flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : []))
  const objects = values.filter(isObject)
  if (items.length + objects.length === 0) return []
  const parts = schemas.flatMap((schema) => partsOf(root, schema))
  const itemSchemas = parts.map((part) => part.items)
  return [...fieldsAt(root, itemSchemas, items, `${at}[]`), ...objectFields(root, parts, objects, at)]
}

function objectFields(
  root: JsonObject,
  parts: readonly JsonObject[],
  objects: readonly JsonObject[],
  at: string,
): readonly Problem[] {
  const named = parts.map((part) => objectAt(part, 'properties'))
  const rest = parts.map(({ additionalProperties }) => additionalProperties)
  const others = rest.filter(isObject)
  // An object of which nothing is said may hold anything.
  const isOpen = others.length === 0 && named.every((fields) => Object.keys(fields).length === 0)
  if (isOpen || rest.includes(true)) return []
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].flatMap((key) => {
    const place = under(at, key)
    const inner = objects.filter((object) => Object.hasOwn(object, key)).map((object) => object[key])
    const known = [...named.map((fields) => fields[key]).filter(isObject), ...others]
    if (known.length > 0) return fieldsAt(root, known, inner, place)
    return inner.map((value) => ({ at: place, what: 'is not in the document', value }))
  })
}

/** The schemas that a schema is made of, references followed. */
function partsOf(root: JsonObject, schema: unknown): readonly JsonObject[] {
  if (!isObject(schema)) return []
  if (typeof schema.$ref === 'string') return partsOf(root, follow(root, schema.$ref))
  const members = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => listAt(schema, key))
  return [schema, ...members.flatMap((member) => partsOf(root, member))]
}
