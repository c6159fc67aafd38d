import * as contract from '@greenroom/contract'
import { z } from 'zod'

/**
 * Gives every shape of the contract package its own name, `concertPage` as `ConcertPage`: wherever a route uses one, the
 * document refers to it. Inputs get none, since REST spreads them over path, headers and body. A repeat changes nothing.
 */
export function nameSchemas(): void {
  for (const [name, value] of Object.entries(contract)) {
    if (!(value instanceof z.ZodType) || name.endsWith('Input')) continue
    z.globalRegistry.add(value, { ...z.globalRegistry.get(value), id: pascalCase(name) })
  }
}

function pascalCase(name: string): string {
  return name.replace(/^./, (first) => first.toUpperCase())
}
