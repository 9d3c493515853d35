/**
 * What no document of Cloudflare settles, each as a switch: the app has to work either way. The first value of each is
 * the plain one; it conforms to Cloudflare's OpenAPI document where that says anything.
 */
export interface Switches {
  readonly lastPageCursor: 'empty' | 'null' | 'absent'
  readonly overriddenStatus: 'disconnected' | 'paused' | 'silent'
  readonly repeatedPost: 'keepsTimestamp' | 'movesTimestamp'
  readonly overrideShape: 'full' | 'noTimestamp' | 'nullResult'
  readonly rateLimitCode: 10429 | 971
  readonly emails: 'shown' | 'hidden'
  readonly auditDelayMinutes: 0 | 3
  readonly auditUriFilter: 'exact' | 'ignored'
  readonly largestCursorPage: 100 | 50
  readonly macName: 'mac' | 'macos'
  readonly statusCase: 'lower' | 'capitalised'
  readonly modeNames: 'telemetry' | 'spelled'
  readonly emptyGroups: 'lists' | 'null' | 'absent'
  readonly deviceOrder: 'oldestFirst' | 'newestFirst'
  readonly countedUnder: 'lastValue' | 'everyValue'
  readonly percentScale: 100 | 1
  readonly dexDeviceId: 'physical' | 'registration'
  readonly dexTimestamps: 'postgres' | 'iso'
  readonly disconnectedColo: 'none' | 'last'
  readonly nullableFields: 'filled' | 'null'
  readonly accountTokenAtUserVerify: 401 | 403
  readonly accountTokenAtAccounts: 'refused' | 'listed'
}

interface SwitchFacts<Value> {
  /** The plain value first. */
  readonly values: readonly [Value, Value, ...Value[]]
  /** What is known, and of what kind of source. */
  readonly source: string
}

/** Each switch with its values and the reason why it is one. */
export const switchFacts: { readonly [name in keyof Switches]: SwitchFacts<Switches[name]> } = {
  lastPageCursor: {
    values: ['empty', 'null', 'absent'],
    source: 'The schema requires result_info.cursor as a string; what the last page has in it is not documented.',
  },
  overriddenStatus: {
    values: ['disconnected', 'paused', 'silent'],
    source: 'No document says what a client reports to DEX that the override has disconnected.',
  },
  repeatedPost: {
    values: ['keepsTimestamp', 'movesTimestamp'],
    source: 'Documented is "when the state was last updated"; whether setting the same state counts is not.',
  },
  overrideShape: {
    values: ['full', 'noTimestamp', 'nullResult'],
    source: 'Every field is optional in the schema, and the API reference has the result nullable.',
  },
  rateLimitCode: { values: [10429, 971], source: 'The message of a 429 is known from reports, its code is not.' },
  emails: {
    values: ['shown', 'hidden'],
    source: 'Roles of Cloudflare hide personal data without a PII permission; whether from device lists is not said.',
  },
  auditDelayMinutes: { values: [0, 3], source: 'How soon an act appears in the audit log is not documented.' },
  auditUriFilter: { values: ['exact', 'ignored'], source: 'How raw_uri is matched is not documented.' },
  largestCursorPage: { values: [100, 50], source: 'The schema gives per_page no maximum.' },
  macName: { values: ['mac', 'macos'], source: 'The platform of DEX is a free string; the one example is "windows".' },
  statusCase: {
    values: ['lower', 'capitalised'],
    source:
      'The schema and Logpush have "connected", the documentation of DEX lists Connected, Disconnected, Paused, Connecting.',
  },
  modeNames: {
    values: ['telemetry', 'spelled'],
    source: 'The mode is a free string; examples are "proxy" and "warp+doh", the client itself spells modes out.',
  },
  emptyGroups: {
    values: ['lists', 'null', 'absent'],
    source: 'The schema has the groups of fleet-status/live nullable, the API reference has them optional.',
  },
  deviceOrder: {
    values: ['oldestFirst', 'newestFirst'],
    source: 'fleet-status/devices is sorted by timestamp by default; which way is not said.',
  },
  countedUnder: {
    values: ['lastValue', 'everyValue'],
    source: 'Whether one window counts a device under several values of a dimension is not documented.',
  },
  percentScale: {
    values: [100, 1],
    source: 'The SDK says 0 to 100, the Logpush documentation of the same metrics 0 to 1.',
  },
  dexDeviceId: { values: ['physical', 'registration'], source: "No document says whose id DEX's deviceId is." },
  dexTimestamps: {
    values: ['postgres', 'iso'],
    source: 'Examples of DEX show "2023-07-16 15:00:00+00", its descriptions say ISO 8601.',
  },
  disconnectedColo: { values: ['none', 'last'], source: 'Logpush documents "none" as a colo, without saying when.' },
  nullableFields: {
    values: ['filled', 'null'],
    source: 'The schema has most fields of devices nullable, last_seen_at and client_version among them.',
  },
  accountTokenAtUserVerify: {
    values: [401, 403],
    source: 'Both are reported of account-owned tokens at /user/tokens/verify.',
  },
  accountTokenAtAccounts: {
    values: ['refused', 'listed'],
    source: 'Account-owned tokens were refused with 400 / 1001 in December 2024; a later report says they list.',
  },
}

/** All switches at their plain values, with those given put over them. */
export function chooseSwitches(chosen: Partial<Switches> = {}): Switches {
  const plain = Object.fromEntries(Object.entries(switchFacts).map(([name, { values }]) => [name, values[0]]))
  return { ...(plain as unknown as Switches), ...chosen }
}
