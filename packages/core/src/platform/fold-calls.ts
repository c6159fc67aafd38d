import type { Context } from '@opentelemetry/api'
import { outsideCalls } from './call-context.ts'
import { currentContext, inSpan, sharedBy } from './trace.ts'

type Call<In, Out> = {
  input: In
  /** Where it is traced. */
  context: Context | undefined
  resolve: (output: Out) => void
  reject: (error: unknown) => void
}

/** More at once are several calls, so that no single one keeps its server busy for long. */
const maxFolded = 256

/**
 * Folds calls with the same owner and key that are made in the same turn of the event loop into one: a write to a socket costs
 * more than what most calls ask for. `run` answers with one output for each input, in their order; when it rejects, all
 * of its calls do. Nothing waits for others to come.
 */
export function foldCalls<Owner extends object, Key, In, Out>(
  run: (owner: Owner, key: Key, inputs: In[]) => Promise<Out[]>,
): (owner: Owner, key: Key, input: In) => Promise<Out> {
  const waiting = new Map<Owner, Map<Key, Call<In, Out>[]>>()

  const serve = async (owner: Owner, key: Key, calls: Call<In, Out>[]): Promise<void> => {
    try {
      const inputs = calls.map(({ input }) => input)
      const shared = sharedBy(calls.map(({ context }) => context))
      const outputs = await inSpan('folded calls', shared, () => run(owner, key, inputs))
      if (outputs.length !== calls.length) throw new Error('a folded call has no output')
      outputs.forEach((output, at) => calls[at]?.resolve(output))
    } catch (error) {
      for (const { reject } of calls) reject(error)
    }
  }
  const flush = (owner: Owner): void => {
    const byKey = waiting.get(owner)
    waiting.delete(owner)
    for (const [key, calls] of byKey ?? []) {
      for (let at = 0; at < calls.length; at += maxFolded)
        void serve(owner, key, calls.slice(at, at + maxFolded))
    }
  }

  return (owner, key, input) =>
    new Promise((resolve, reject) => {
      let byKey = waiting.get(owner)
      if (byKey === undefined) {
        byKey = new Map()
        waiting.set(owner, byKey)
        outsideCalls(() => setImmediate(flush, owner))
      }
      const call = { input, context: currentContext(), resolve, reject }
      const calls = byKey.get(key)
      if (calls === undefined) byKey.set(key, [call])
      else calls.push(call)
    })
}
