import { webConfig } from '@greenroom/contract'

/** Asks the api where the gateway is; throws when it does not say. */
export async function readGatewayUrl(apiUrl: string): Promise<string> {
  const answer = await fetch(`${apiUrl.replace(/\/$/, '')}/config.json`, {
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`/config.json answers ${answer.status}`)
  return webConfig.parse(await answer.json()).gatewayUrl
}
