import {
  closeDeps,
  drainOnSignal,
  listenBacklog,
  openDeps,
  openSeatMirror,
  startLoadReports,
  startSessionRevocations,
  startTracing,
} from '@greenroom/core'
import { buildServer } from './build-server.ts'
import { readApiSettings } from './env.ts'

const settings = readApiSettings()
const deps = openDeps(settings, 'api')
const stopTracing = await startTracing(deps, 'api')
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const api = await buildServer({ deps, seatMirror, settings })
const loadReports = startLoadReports(deps, api.loadWindow)

drainOnSignal(deps, {
  announce: () => {
    api.readiness.draining = true
  },
  drain: async () => {
    await api.server.close()
    loadReports.stop()
    stopRevocations()
    await seatMirror.close()
    await closeDeps(deps)
    await stopTracing()
  },
})

await api.server.listen({ port: settings.port, host: settings.host, backlog: listenBacklog })
deps.log.info({ port: settings.port, host: settings.host, contracts: settings.contracts }, 'api listens')
