import { randomUUID } from 'node:crypto'
import type { AccountId, Ack, ClientEvents, ServerEvents } from '@greenroom/contract'
import { type Deps, signIn, signUp, startSessionRevocations } from '@greenroom/core'
import { setRole } from '@greenroom/core/testing'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { afterAll } from 'vitest'
import type { GatewaySettings } from '../env.ts'
import type { EventGuards } from '../guards.ts'
import { type Gateway, startGateway } from '../start-gateway.ts'

export type TestSocket = Socket<ServerEvents, ClientEvents>
export type TestFan = { fanId: AccountId; token: string }

export const publicOrigin = 'https://tickets.example'

export type TestGateway = Gateway & {
  signUpFan: () => Promise<TestFan>
  /** An operator's token. */
  signInOperator: () => Promise<string>
  /** A socket that is connected, or the error of the handshake. */
  connect: (options: Partial<ManagerOptions & SocketOptions>) => Promise<TestSocket>
  connectAs: (fan: TestFan) => Promise<TestSocket>
}

/** A gateway in this process on a free port, with sockets that end with the test file. */
export async function startTestGateway(
  deps: Deps,
  settings: Partial<GatewaySettings> = {},
  guards?: EventGuards,
): Promise<TestGateway> {
  const stopRevocations = await startSessionRevocations(deps)
  const gateway = await startGateway(
    deps,
    {
      host: '127.0.0.1',
      port: 0,
      publicOrigin,
      maxSockets: 1_000,
      maxSocketsPerAccount: 20,
      recheckEveryMs: 3_600_000,
      requestTimeoutMs: 20_000,
      ...settings,
    },
    guards,
  )
  const sockets: TestSocket[] = []
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect()
    await gateway.drain()
    stopRevocations()
  })
  const connect: TestGateway['connect'] = async (options) => {
    const socket: TestSocket = io(`http://127.0.0.1:${gateway.port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...options,
    })
    sockets.push(socket)
    return await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket))
      socket.once('connect_error', reject)
    })
  }
  return {
    ...gateway,
    connect,
    connectAs: (fan) => connect({ auth: { token: fan.token } }),
    signUpFan: async () => {
      const { account, token } = await signUp(deps, newcomer())
      return { fanId: account.accountId, token }
    },
    signInOperator: async () => {
      const operator = newcomer()
      await signUp(deps, operator)
      await setRole(deps, operator.email, 'operator')
      return (await signIn(deps, operator)).token
    },
  }
}

const newcomer = () => ({
  email: `${randomUUID()}@greenroom.example`,
  password: 'greenroom',
  name: 'Fan',
  locale: 'en' as const,
})

/** One question; the answer as it came. `input` may be anything: hostile clients send anything. */
export async function ask(socket: TestSocket, event: string, ...input: unknown[]): Promise<Ack<never>> {
  // the typed events are what is being tested
  const untyped = socket as unknown as Socket
  return await untyped.timeout(5_000).emitWithAck(event, ...input)
}

/** The next message of that event. */
export async function next<E extends keyof ServerEvents>(
  socket: TestSocket,
  event: E,
): Promise<Parameters<ServerEvents[E]>[0]> {
  const untyped = socket as unknown as Socket
  const message = Promise.withResolvers<Parameters<ServerEvents[E]>[0]>()
  untyped.once(String(event), message.resolve)
  return await message.promise
}
