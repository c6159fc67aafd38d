import type { TcpProxy } from '../proxy/tcp-proxy.ts'
import type { Random } from '../seeded-random.ts'
import type { World } from '../world/start-world.ts'

/** A line between two parts of the world. */
export type LabLine = { name: string; proxy: TcpProxy }

function linesOf(world: World): LabLine[] {
  return [
    { name: 'fans to apis', proxy: world.fronts.api },
    { name: 'fans to gateways', proxy: world.fronts.gateway },
    ...world.apps.flatMap((app) => [
      { name: `${app.name} to Postgres`, proxy: app.postgres.proxy },
      { name: `${app.name} to Redis`, proxy: app.redis.proxy },
    ]),
  ]
}

export function drawLine(world: World, random: Random): LabLine {
  return random.pick(linesOf(world))
}
