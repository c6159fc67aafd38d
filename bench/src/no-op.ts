import { startProcesses } from '@greenroom/stack'
import { startChildServer } from './child-server.ts'
import { requestOften } from './http-load.ts'
import { atOnce, callsPerRound, type Operation } from './operation.ts'

const perFullRound = 100_000

/** A mutation that finds nothing to do, on the real api process: nobody is signed in, so signing out touches no database. */
export const noOp: Operation = {
  name: 'no-op',
  title: `tRPC no-op mutation over HTTP, ${atOnce} connections`,
  unit: 'replies/s',
  goal: 0.5,
  prepare: async ({ settings }, effort) => {
    const { databaseUrl, redisUrl } = settings
    const app = await startProcesses({ databaseUrl, redisUrl, without: ['gateway', 'worker'] })
    const bare = await startChildServer('./bare-server.ts').catch(async (error: unknown) => {
      await app.stop()
      throw error
    })
    const limits = { atOnce, maxMs: effort.maxRoundMs, count: callsPerRound(effort, perFullRound) }
    const api = { port: Number(new URL(app.url).port), path: '/trpc/accounts.signOut' }
    return {
      floorName: 'bare Fastify POST',
      isGoalsFloor: true,
      ours: () => requestOften({ ...api, method: 'POST', body: '{}' }, limits),
      floor: () => requestOften({ port: bare.port, path: '/', method: 'POST', body: '{}' }, limits),
      close: async () => {
        await Promise.all([bare.close(), app.stop()])
      },
    }
  },
}
