/** Whether `text` can stand in a path as an account's id. Cloudflare's are 32 hexadecimal digits; others are let pass. */
export function isAccountId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}
