import { type Moments, spring, type Trap } from './moments.ts'
import { createCommandReader } from './redis-commands.ts'
import type { MakeTap } from './tcp-proxy.ts'

/**
 * Watches the commands of a process pass to Redis; scripts go by the name that `nameOf` has for their hash. A trap on `sent`
 * resets the connection before the command gets there, one on `answered` when the next answer comes.
 */
export function tapRedis(moments: Moments, nameOf: (scriptHash: string) => string | undefined): MakeTap {
  return (cut) => {
    let sent: Trap | undefined
    let answered: Trap | undefined
    const read = createCommandReader((command, subject) => {
      const trap = moments.take(command === 'evalsha' ? (nameOf(subject) ?? command) : command)
      if (trap?.moment.at === 'sent') sent = trap
      else answered ??= trap
    })
    return {
      up: (chunk) => {
        read(chunk)
        return sent === undefined ? chunk : spring(sent, cut)
      },
      down: (chunk) => (answered === undefined ? chunk : spring(answered, cut)),
    }
  }
}
