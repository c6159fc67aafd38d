import * as contract from '@greenroom/contract'
import { z } from 'zod'

/**
 * Every shape of the contract package under its own name, `concertPage` as `ConcertPage`: wherever a route uses one, the
 * document refers to it. Inputs are left out, since REST spreads them over path, headers and body.
 */
export const namedSchemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(contract).flatMap(([name, value]): [string, z.ZodType][] =>
    value instanceof z.ZodType && !name.endsWith('Input') ? [[pascalCase(name), value]] : [],
  ),
)

function pascalCase(name: string): string {
  return name.replace(/^./, (first) => first.toUpperCase())
}
