import type { PrivatePostgres } from '@greenroom/stack'
import pg from 'pg'
import type { World } from '../world/start-world.ts'

/** The world with another Postgres in the place of its own: what checks ask from then on. */
export function moveToPostgres(
  world: World,
  server: PrivatePostgres,
): { moved: World; end: () => Promise<void> } {
  const { pathname } = new URL(world.postgres.url)
  const url = Object.assign(new URL(server.url), { pathname }).href
  const pool = new pg.Pool({ connectionString: url, max: 4, statement_timeout: 60_000 })
  pool.on('error', () => undefined)
  const postgres: World['postgres'] = {
    ...world.postgres,
    url,
    port: server.port,
    server,
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
  }
  world.aim({ postgres: server.port })
  return { moved: { ...world, postgres }, end: () => pool.end() }
}
