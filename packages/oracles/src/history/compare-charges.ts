import type { Violation } from '../violation.ts'
import { eventsOf, mayHaveHappened } from './call-order.ts'
import type { FinalState, HistoryEvent } from './history-event.ts'

/**
 * The charges of the fans of the history, by fan and amount, for no transfer names its key: as many as were acknowledged are
 * there, and no more than the keys that may have had an effect.
 */
export function compareCharges(history: readonly HistoryEvent[], { charges }: FinalState): Violation[] {
  if (charges === undefined) return []
  const fans = new Set(history.map(({ fanId }) => fanId))
  const calls = eventsOf(history, 'charge').filter(mayHaveHappened)
  const acknowledged = countKeys(calls.filter(({ outcome }) => outcome === 'ok'))
  const asked = countKeys(calls)
  const there = new Map<string, number>()
  for (const charge of charges)
    if (fans.has(charge.fanId)) there.set(nameOf(charge), (there.get(nameOf(charge)) ?? 0) + 1)
  return [...new Set([...acknowledged.keys(), ...there.keys()])].flatMap((name): Violation[] => {
    const [least, most, count] = [acknowledged, asked, there].map((each) => each.get(name) ?? 0)
    if (least === undefined || most === undefined || count === undefined) return []
    if (count < least)
      return [
        {
          oracle: 'acknowledged-is-kept',
          fault: `${least} charges ${name} were answered, ${count} are there`,
        },
      ]
    if (count > most)
      return [
        {
          oracle: 'no-effect-without-a-call',
          fault: `${count} charges ${name} are there, ${most} were asked for`,
        },
      ]
    return []
  })
}

function countKeys(
  calls: readonly { fanId: number; amountMinor: number; key: string }[],
): ReadonlyMap<string, number> {
  const keys = Map.groupBy(calls, nameOf)
  return new Map([...keys].map(([name, own]) => [name, new Set(own.map(({ key }) => key)).size]))
}

function nameOf({ fanId, amountMinor }: { fanId: number; amountMinor: number }): string {
  return `of ${amountMinor} to fan ${fanId}`
}
