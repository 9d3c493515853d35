import type { ApiRequest } from '../engine/calls.ts'

/** The permission group to ask for when a request is refused, as Cloudflare's dashboard names it. */
export const permissionOf: Readonly<Record<ApiRequest['kind'], string>> = {
  readOverride: 'Zero Trust Read',
  readFleet: 'Zero Trust Read',
  readHistory: 'Zero Trust Read',
  readOverrideAudit: 'Account Settings Read',
  verifyToken: 'API Tokens Read',
  switchOverride: 'Zero Trust Resilience Write',
}
