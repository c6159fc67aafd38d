/** Asks the api where the gateway is; throws when it does not say. */
export async function readGatewayUrl(apiUrl: string): Promise<string> {
  const answer = await fetch(`${apiUrl.replace(/\/$/, '')}/config.json`, {
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`/config.json answers ${answer.status}`)
  const config: unknown = await answer.json()
  const url: unknown = config instanceof Object ? Reflect.get(config, 'gatewayUrl') : undefined
  if (typeof url !== 'string' || !URL.canParse(url)) throw new Error('/config.json names no gateway')
  return url
}
