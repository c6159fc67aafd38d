import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDomainError } from '@greenroom/contract'
import { type Deps, isMetricsToken, requireRate, verifySession } from '@greenroom/core'
import type { GatewaySettings } from './env.ts'
import { routeGuardOf } from './guards.ts'
import { answerHealth, type Readiness } from './health.ts'
import type { GatewayMetrics } from './metrics.ts'
import { sessionOfCookies, tokenOfBearer } from './session-token.ts'

/**
 * The plain routes: what the table of guards does not name is not found, whom it does not name is refused (401 without a session,
 * 403 with another role, 429 too often). Programs that show the token of the metrics read them as operators do.
 */
export function answerHttp(
  deps: Deps,
  settings: Pick<GatewaySettings, 'publicOrigin'>,
  { readiness, metrics }: { readiness: Readiness; metrics: GatewayMetrics },
): (request: IncomingMessage, response: ServerResponse) => void {
  const answerOperator = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const status = await statusFor(deps, settings, request)
    if (status === 200) await metrics.answer(response)
    else response.writeHead(status).end()
  }
  return (request, response) => {
    const guard = routeGuardOf(request.url?.split('?')[0] ?? '')
    if (guard?.role !== 'operator') return answerHealth(readiness, request, response)
    answerOperator(request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'metrics could not be told')
      response.destroy()
    })
  }
}

async function statusFor(
  deps: Deps,
  settings: Pick<GatewaySettings, 'publicOrigin'>,
  request: IncomingMessage,
): Promise<200 | 401 | 403 | 429> {
  if (isMetricsToken(deps, request.headers.authorization)) return 200
  const token = tokenOfBearer(request.headers.authorization)
  const session =
    token === undefined
      ? sessionOfCookies(deps, settings, request.headers.cookie)
      : verifySession(deps, token)
  if (session === undefined) return 401
  if (session.role !== 'operator') return 403
  try {
    await requireRate(deps, { rate: 'look', accountId: session.accountId, address: '' })
    return 200
  } catch (error) {
    if (isDomainError(error, 'RATE_LIMITED')) return 429
    throw error
  }
}
