import type { ViteBuilder } from 'vite'

/** Builds one by name, because an environment "ssr" always exists too and must not be built. */
export function buildEnvironment(builder: ViteBuilder, name: string) {
  const environment = builder.environments[name]
  if (environment === undefined) throw new Error(`no environment ${name}`)
  return builder.build(environment)
}
