import type { EpochMs, Failure } from './failure.ts'
import type { TokenRole, TokenVerdict } from './model.ts'
import { tell } from './notices.ts'
import type { EngineState } from './state.ts'
import { inOrder, rest } from './turn.ts'
import type { Turn } from './turn.ts'

const dayMs = 24 * 3_600_000
/** How many days before its end a token is told of, the last first. */
const warnings = [1, 3, 14] as const
const roles = ['watch', 'act'] as const

/** Which token acts are sent with, and whose budget they spend. */
export function roleOfActs({ connection }: EngineState): TokenRole {
  return connection?.actsWith === 'actToken' ? 'act' : 'watch'
}

/** What verifying said of the watch token; the act token is read for acts only and never verified by itself. */
export function takeVerdict(state: EngineState, { expiresOn }: TokenVerdict): EngineState {
  const { connection } = state
  if (connection === null) return state
  return expectEnding(
    { ...state, connection: { ...connection, expiresOn: { ...connection.expiresOn, watch: expiresOn } } },
    connection.expiresOn,
  )
}

/** A token that is not active is refused by everything else too. */
export function inactive({ status }: TokenVerdict): Failure | null {
  return status === 'active' ? null : { kind: 'unauthorized', detail: `it is ${status}` }
}

/** Another end is another event: what was told of the one before does not count. */
export function expectEnding(state: EngineState, before: Readonly<Record<TokenRole, EpochMs | null>>): EngineState {
  const now = state.connection?.expiresOn ?? before
  const told = { ...state.toldEnding }
  for (const role of roles) if (now[role] !== before[role]) told[role] = null
  return { ...state, toldEnding: told }
}

/** The warnings that were told before this start: those whose moment came while the app still watched. */
export function recallWarnings(state: EngineState, watchedUntil: EpochMs | null): EngineState {
  const recall = (role: TokenRole) => {
    const end = state.connection?.expiresOn[role] ?? null
    if (end === null || watchedUntil === null) return null
    return warnings.find((days) => end - days * dayMs <= watchedUntil) ?? null
  }
  return { ...state, toldEnding: { watch: recall('watch'), act: recall('act') } }
}

/** Tells of a token that ends 14, 3 and 1 days before, each once. */
export function warnOfEnding(state: EngineState, at: EpochMs): Turn {
  return inOrder(state, ...roles.map((role) => (each: EngineState) => warn(each, role, at)))
}

function warn(state: EngineState, role: TokenRole, at: EpochMs): Turn {
  const { connection, toldEnding } = state
  const end = connection?.expiresOn[role] ?? null
  if (connection === null || end === null || end <= at) return rest(state)
  const days = warnings.find((each) => end - at <= each * dayMs)
  if (days === undefined || days >= (toldEnding[role] ?? Infinity)) return rest(state)
  const next = { ...state, toldEnding: { ...toldEnding, [role]: days } }
  const span = days === 1 ? 'a day' : `${String(days)} days`
  return rest(
    next,
    ...tell(next, at, 'degraded', {
      key: `token-ending:${role}:${String(end)}:${String(days)}`,
      urgency: days === 1 ? 'critical' : 'normal',
      title: `The ${role} token of ${connection.accountName} ends in less than ${span}`,
      body: `After that ${role === 'watch' ? 'nothing can be watched' : 'nothing can be switched from here'}. Make a new token in Cloudflare's dashboard and replace it in Settings`,
      opens: 'settings',
    }),
  )
}
