import { runProcess, startSessionRevocations } from '@greenroom/core'
import { readGatewaySettings } from './env.ts'
import { startGateway } from './start-gateway.ts'

await runProcess('gateway', {
  readSettings: readGatewaySettings,
  start: async (deps, settings) => {
    const stopRevocations = await startSessionRevocations(deps)
    const gateway = await startGateway(deps, settings)
    deps.log.info({ port: gateway.port }, 'gateway listens')
    return {
      announceDrain: gateway.announceDrain,
      drain: async () => {
        await gateway.drain()
        stopRevocations()
      },
    }
  },
})
