import { createServer } from 'node:http'
import { createGreenroom } from '@greenroom/client'
import { pickPort } from '@greenroom/stack'

/** A system of somebody else's that is told by webhook what is refunded and what runs out. */
export type Partner = {
  /** How many deliveries it has had, those that it turned away too. */
  calls: () => number
  stop: () => Promise<void>
}

/** Every so many calls are turned away, so that some deliveries are made again. */
const turnsAwayEach = 20
/** The demo's. */
const operator = { email: 'operator@greenroom.example', password: 'greenroom' }

/**
 * Starts one and registers it, as an operator does. It asks for what happens seldom: every sale told as well would take the
 * two cores from those who buy.
 */
export async function startPartner(urls: { apiUrl: string; gatewayUrl: string }): Promise<Partner> {
  let calls = 0
  const server = createServer((request, reply) => {
    request.resume()
    request.on('end', () => {
      calls += 1
      reply.writeHead(calls % turnsAwayEach === 0 ? 503 : 204).end()
    })
  })
  const port = await pickPort()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  try {
    const greenroom = createGreenroom(urls)
    const { token } = await greenroom.api.accounts.signIn.mutate(operator)
    greenroom.setToken(token)
    await greenroom.api.webhooks.register.mutate({
      url: `http://127.0.0.1:${port}/`,
      eventTypes: ['payment.refunded', 'reservation.expired'],
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { calls: () => calls, stop }
}
