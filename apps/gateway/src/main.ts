import { closeDeps, drainOnSignal, openDeps, startSessionRevocations } from '@greenroom/core'
import { readGatewaySettings } from './env.ts'
import { startGateway } from './start-gateway.ts'

const settings = readGatewaySettings()
const deps = openDeps(settings, 'gateway')
const stopRevocations = await startSessionRevocations(deps)
const gateway = await startGateway(deps, settings)

drainOnSignal(deps.log, async () => {
  await gateway.drain()
  stopRevocations()
  await closeDeps(deps)
})
deps.log.info({ port: gateway.port }, 'gateway listens')
