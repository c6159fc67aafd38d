import {
  listenBacklog,
  openSeatMirror,
  runProcess,
  startLoadReports,
  startSessionRevocations,
} from '@greenroom/core'
import { buildServer } from './build-server.ts'
import { readApiSettings } from './env.ts'

await runProcess('api', {
  readSettings: readApiSettings,
  start: async (deps, settings) => {
    const stopRevocations = await startSessionRevocations(deps)
    const seatMirror = openSeatMirror(deps)
    const api = await buildServer({ deps, seatMirror, settings })
    const loadReports = startLoadReports(deps, api.loadWindow)
    const { port, host, contracts } = settings
    await api.server.listen({ port, host, backlog: listenBacklog })
    deps.log.info({ port, host, contracts }, 'api listens')
    return {
      announceDrain: () => {
        api.readiness.draining = true
      },
      drain: async () => {
        await api.server.close()
        loadReports.stop()
        stopRevocations()
        await seatMirror.close()
      },
    }
  },
})
