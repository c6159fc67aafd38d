import { find, insert, update } from './rows.ts'
import { type Statement, statement } from './statement.ts'

/** The statements of idempotency keys, each as what it does. */
export const keyStatements: Record<string, Statement> = {
  'claim-idempotency-key': statement(
    ({ tables, session, has }, [fanId, key, command, bodyHash]: [number, string, string, string]) => {
      const isNew = insert(session, tables.keys, keyOf(fanId, key), {
        fanId,
        key,
        command,
        bodyHash,
        reply: null,
      })
      return isNew || has('no-idempotency-row') ? 1 : 0
    },
  ),

  'find-idempotency-key': statement(({ tables, session, has }, [fanId, key]: [number, string]) => {
    const found = find(session, tables.keys, keyOf(fanId, key))
    if (found === undefined || has('no-idempotency-row')) return []
    const { command, bodyHash, reply } = found
    const parsed: unknown = reply === null ? null : JSON.parse(reply)
    return [{ command, bodyHash, reply: parsed }]
  }),

  'store-idempotent-reply': statement(
    ({ tables, session }, [fanId, key, reply]: [number, string, string]) => {
      update(session, tables.keys, keyOf(fanId, key), { reply })
      return 1
    },
  ),
}

function keyOf(fanId: number, key: string): string {
  return `${fanId}:${key}`
}
