import { closeDeps, drainOnSignal, openDeps, startSessionRevocations, startTracing } from '@greenroom/core'
import { readGatewaySettings } from './env.ts'
import { startGateway } from './start-gateway.ts'

const settings = readGatewaySettings()
const deps = openDeps(settings, 'gateway')
const stopTracing = await startTracing(deps, 'gateway')
const stopRevocations = await startSessionRevocations(deps)
const gateway = await startGateway(deps, settings)

drainOnSignal(deps, {
  announce: gateway.announceDrain,
  drain: async () => {
    await gateway.drain()
    stopRevocations()
    await closeDeps(deps)
    await stopTracing()
  },
})
deps.log.info({ port: gateway.port }, 'gateway listens')
