import type { Deps } from '@greenroom/core'
import type { Faults } from '../faults.ts'
import type { Process } from '../processes.ts'
import type { Scheduler } from '../scheduler.ts'
import { connectionLost, type PostgresServer, type Query } from './postgres-server.ts'
import type { Session } from './rows.ts'
import type { Result } from './statement.ts'

/** The pool of one process: what the core calls of pg, each statement a step of its own, with the faults of a network. */
export function createPostgresPool(
  world: { scheduler: Scheduler; postgres: PostgresServer; faults: Faults },
  process: Process,
): Deps['db']['pool'] {
  const { scheduler, postgres, faults } = world

  const ask = (session: Session, query: Query): Promise<Result> =>
    new Promise((resolve, reject) => {
      const label = typeof query === 'string' ? query : (query.name ?? query.text)
      scheduler.post(process, label, () => {
        const fault = faults.ofStatement()
        if (fault === 'lost') {
          postgres.breakSession(session)
          reject(connectionLost())
          return
        }
        postgres.execute(session, query, (outcome) => {
          if (fault === 'cut') {
            // it was done, and nobody is told: for a COMMIT that is the moment everybody fears
            postgres.breakSession(session)
            reject(connectionLost())
          } else if (outcome instanceof Error) reject(outcome)
          else resolve(outcome)
        })
      })
    })
  const open = (): Session => {
    const session = postgres.openSession(process.name)
    process.sessions.add(session)
    return session
  }
  const toQuery = (query: Query, values?: readonly unknown[]): Query =>
    typeof query === 'string' && values !== undefined ? { text: query, values } : query

  const pool = {
    query: async (query: Query, values?: readonly unknown[]): Promise<Result> => {
      const session = open()
      try {
        return await ask(session, toQuery(query, values))
      } finally {
        process.sessions.delete(session)
      }
    },
    connect: () => {
      const session = open()
      return Promise.resolve({
        query: (query: Query, values?: readonly unknown[]) => ask(session, toQuery(query, values)),
        release: () => {
          process.sessions.delete(session)
          if (session.isOpen) postgres.breakSession(session)
        },
      })
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pg's class has forty members; the core calls these two
  return pool as unknown as Deps['db']['pool']
}
