import type { Answer, ApiRequest, Call, CallOutcome, RateLimit } from '../../main/engine/calls.ts'
import { fail, succeed } from '../../main/engine/failure.ts'
import type { Failure } from '../../main/engine/failure.ts'
import type { AuditEntry, FleetSummary, HistoryPoint, OverrideValue, TokenVerdict } from '../../main/engine/model.ts'

/** A summary of so many devices, of which some are connected. */
export function fleetOf(connected: number, total = connected): FleetSummary {
  return {
    total,
    by: {
      status: [
        { value: 'connected', count: connected },
        { value: 'disconnected', count: total - connected },
      ],
      mode: [{ value: 'warp', count: total }],
      platform: [
        { value: 'windows', count: total - Math.floor(total / 10) },
        { value: 'ios', count: Math.floor(total / 10) },
      ],
      colo: [{ value: 'FRA', count: total }],
      version: [{ value: '2025.9.1', count: total }],
    },
  }
}

/** An account at Cloudflare as a test wants it: every field can be set at any time. */
export class ScriptedAccount {
  value: OverrideValue | null = 'off'
  timestamp: string | null = 'T0'
  fleet: (at: number) => FleetSummary = () => fleetOf(1000)
  skipped: readonly string[] = []
  history: readonly HistoryPoint[] = []
  audit: readonly AuditEntry[] = []
  verdict: TokenVerdict = { tokenId: 'token', status: 'active', expiresOn: null, owner: 'account' }
  limits: readonly RateLimit[] = []
  /** Failures by kind of request, until they are taken away; `all` for every kind. */
  failing: Partial<Record<ApiRequest['kind'] | 'all', Failure>> = {}
  /** Never answered. */
  mute = new Set<ApiRequest['kind']>()
  /** Setting the same state again leaves its time as it is. */
  keepsTimestamp = false
  /** Answers about the override say nothing. */
  isSilent = false
  /** The POST is carried out, and its reply is lost. */
  losesReply: Failure | null = null
  #switches = 0

  /** Somebody switches the override. */
  switch(value: OverrideValue): void {
    if (this.keepsTimestamp && value === this.value) return
    this.#switches++
    this.value = value
    this.timestamp = `T${String(this.#switches)}`
  }

  answer({ request }: Call, at: number): CallOutcome | null {
    if (this.mute.has(request.kind)) return null
    const failure = this.failing.all ?? this.failing[request.kind]
    if (failure !== undefined) return this.#outcome(failure)
    if (request.kind === 'switchOverride') {
      this.switch(request.disconnect ? 'on' : 'off')
      if (this.losesReply !== null) return this.#outcome(this.losesReply)
    }
    return this.#outcome(this.#read(request, at))
  }

  #outcome(result: Answer | Failure): CallOutcome {
    const isAnswer = 'value' in result
    return { result: isAnswer ? succeed(result) : fail(result), limits: this.limits, serverDate: null }
  }

  #read(request: ApiRequest, at: number): Answer {
    const { timestamp, skipped } = this
    const value = this.isSilent ? null : this.value
    switch (request.kind) {
      case 'readOverride':
      case 'switchOverride':
        return { kind: request.kind, value: { value, timestamp } }
      case 'readFleet':
        return { kind: request.kind, value: { summary: this.fleet(at), skipped } }
      case 'readHistory':
        return { kind: request.kind, value: { points: this.history.filter((each) => each.at <= at), skipped: [] } }
      case 'readOverrideAudit':
        // Whether Cloudflare keeps to what is asked is not documented: all entries are given, whatever was asked.
        return { kind: request.kind, value: { entries: this.audit, skipped: [] } }
      case 'verifyToken':
        return { kind: request.kind, value: this.verdict }
    }
  }
}
