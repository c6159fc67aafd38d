import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { createServer } from 'node:tls'
import { pickPort, spawnApp } from '@greenroom/stack'
import { generate } from 'selfsigned'
import { vi } from 'vitest'

/** One more api on the servers of a sale, as fans have it in production: its settings refuse what a demo may, and TLS stands before it. */
export async function startSecureApi(servers: {
  databaseUrl: string
  redisUrl: string
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const [port, frontPort] = [await pickPort(), await pickPort()]
  const url = `https://localhost:${frontPort}`
  const api = await spawnApp(
    'api',
    {
      ...servers,
      host: 'localhost',
      port,
      gatewayPort: await pickPort(),
      secret: randomBytes(32).toString('base64'),
      publicOrigin: url,
      contracts: 'keys',
      webhooksAllowPrivate: false,
      dataPlatformDir: tmpdir(),
    },
    {
      env: {
        DEPLOYMENT: 'production',
        GATEWAY_ORIGIN: url,
        // bytes are handed on as they come, and nobody adds a word
        TRUST_PROXY: 'false',
        WEBHOOKS_ALLOW_PRIVATE: 'false',
        RATE_LIMIT_FACTOR: '1',
      },
      onLine: () => undefined,
    },
  )
  const closeFront = await startTlsFront(frontPort, port)
  const isReady = (): Promise<boolean> =>
    fetch(`http://localhost:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await vi.waitUntil(isReady, { timeout: 20_000, interval: 50 })
  return {
    url,
    stop: async () => {
      await closeFront()
      await api.stop()
    },
  }
}

/** Ends TLS and hands on what comes, byte by byte. */
async function startTlsFront(port: number, target: number): Promise<() => Promise<void>> {
  const open = new Set<Socket>()
  // of this run alone: Node reads certificates and makes none
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
  })
  const server = createServer({ key, cert }, (client) => {
    const far = connect({ port: target, host: 'localhost' })
    for (const [one, other] of [
      [client, far],
      [far, client],
    ] as const) {
      open.add(one)
      one.on('error', () => one.destroy())
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  // a browser that does not know the certificate tries again
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen({ port, host: 'localhost' }, resolve))
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }
}
