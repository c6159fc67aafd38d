import type { z } from 'zod'

/**
 * What a schema says of the environment, for every process. A variable that is empty is one that nobody set: `.env` files and
 * compose files leave them so, and `NAME=` must mean neither 0 nor a mistake. Throws with the name of what is missing or wrong.
 */
export function readSettings<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const read = Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]])
  return schema.parse(Object.fromEntries(read))
}
