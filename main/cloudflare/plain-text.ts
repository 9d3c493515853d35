const longestDetail = 200

/** Text from outside as one line without control or direction characters, at most `most` characters. */
export function plainLine(text: string, most: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A failure's detail: plain, short, and without `secret`, which is taken out before anything is cut. */
export function safeDetail(text: string, secret: string): string {
  const withoutSecret = secret === '' ? text : text.replaceAll(secret, '•••')
  return plainLine(withoutSecret, longestDetail)
}
