const dots = '••••'

/** What follows these in a header, a query or JSON is a secret, whatever it looks like. */
const named = /\b(token|password|secret|api[-_]?key)(["']?\s*[:=]\s*["']?)[\w+/.~-]{8,}=*/gi
const bearer = /\b(bearer|basic)\s+[\w+/.~-]{8,}=*/gi
/** API tokens of Cloudflare are 40 letters, digits, - and _; newer ones are longer. */
const tokenShaped = /(?<![\w-])[\w-]{36,}(?![\w-])/g
/** Ids of acts are no secrets, and a log without them explains nothing. */
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The text with dots in place of everything that has the shape of a token or stands where one stands. */
export function scrub(text: string): string {
  return text
    .replace(named, (_all, word: string, between: string) => `${word}${between}${dots}`)
    .replace(bearer, (_all, word: string) => `${word} ${dots}`)
    .replace(tokenShaped, (one) => (uuid.test(one) ? one : dots))
}
