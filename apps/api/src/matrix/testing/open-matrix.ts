import { openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { afterAll } from 'vitest'
import { buildServer } from '../../build-server.ts'
import { apiSettings } from '../../testing/api-settings.ts'

/** A whole api with two halls, one with room for everybody and one with none, until the file's tests are over. */
export async function openMatrix() {
  const deps = await createTestDeps()
  const stopRevocations = await startSessionRevocations(deps)
  const seatMirror = openSeatMirror(deps)
  const { server, routes } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
  const origin = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
  afterAll(async () => {
    await server.close()
    stopRevocations()
    await seatMirror.close()
  })
  const halls = {
    show: await makeShow(deps, { seatCount: 400, capacity: 10_000 }),
    shut: await makeShow(deps, { capacity: 0 }),
  }
  return { deps, seatMirror, routes, origin, halls }
}
