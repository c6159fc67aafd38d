import type { Deps } from '@greenroom/core'
import { Client } from 'pg'
import { intercept } from './intercept.ts'

/** One statement as pgbench takes it: its parameters are variables of the script (`:fan`). */
export type ScriptStatement = { name: string; text: string }

/** By the statement's name, what stands for each of its parameters. */
export type Parameters = Record<string, readonly string[]>

/**
 * The statements that `work` sends, BEGIN and COMMIT among them, in their order; what the relay sends beside it is left out. A
 * statement whose parameters are not known is a mistake: the core has changed, and the floor would not be its SQL any more.
 */
export async function recordStatements(
  deps: Deps,
  parameters: Parameters,
  work: (recorded: Deps) => Promise<void>,
): Promise<ScriptStatement[]> {
  const groups: unknown[][] = []
  const recordIn = (group: unknown[]) => {
    groups.push(group)
    return ([statement]: unknown[], result: unknown): unknown => {
      group.push(statement)
      return result
    }
  }
  const withQueries = intercept(deps.db.pool, 'query', (args, result) => recordIn([])(args, result))
  const pool = intercept(withQueries, 'connect', async (_args, connecting) => {
    const client = await connecting
    if (!(client instanceof Client)) throw new Error('the pool gave no connection')
    return intercept(client, 'query', recordIn([]))
  })
  await work({ ...deps, db: { ...deps.db, pool } })
  return groups
    .map((group) => group.map(readStatement))
    .filter((group) => !isRelays(group.map(({ name }) => name)))
    .flatMap((group) => group.map((statement) => fillIn(statement, parameters)))
}

/** Done, or only just begun, when the calls were over. */
function isRelays(names: readonly string[]): boolean {
  return names.includes('lock-outbox') || (names.includes('begin') && !names.includes('commit'))
}

function readStatement(statement: unknown): ScriptStatement {
  if (typeof statement === 'string') return { name: statement, text: statement }
  if (typeof statement !== 'object' || statement === null || !('name' in statement && 'text' in statement))
    throw new Error('the core sent a statement without a name')
  return { name: String(statement.name), text: String(statement.text) }
}

function fillIn({ name, text }: ScriptStatement, parameters: Parameters): ScriptStatement {
  const filled = text.replaceAll(/\$(\d+)/g, (_all, digits: string) => {
    const expression = parameters[name]?.[Number(digits) - 1]
    if (expression === undefined) throw new Error(`the floor does not know parameter ${digits} of ${name}`)
    return expression
  })
  return { name, text: filled }
}
