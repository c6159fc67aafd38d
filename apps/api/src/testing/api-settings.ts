import { concertId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import type { ApiSettings } from '../env.ts'

/** Settings for a server in a test's own process, which picks its port by itself. */
export function apiSettings(deps: Pick<Deps, 'settings'>, own: Partial<ApiSettings> = {}): ApiSettings {
  return {
    ...deps.settings,
    port: 3000,
    gatewayPort: 3001,
    publicOrigin: 'http://localhost:3000',
    gatewayOrigin: null,
    host: '127.0.0.1',
    contracts: 'keys',
    trustProxy: false,
    requestTimeoutMs: 20_000,
    restDefaultConcertId: concertId.parse(1),
    ...own,
  }
}
