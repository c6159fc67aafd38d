/** tRPC as it comes: its Fastify adapter, one mutation that does nothing. */
import { initTRPC } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify from 'fastify'
import { tellPort } from './child-server.ts'

const trpc = initTRPC.create()
const router = trpc.router({ noOp: trpc.procedure.mutation(() => undefined) })
const server = Fastify()
await server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router } })
await tellPort(server)
