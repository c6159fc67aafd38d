import type { MillionFindings } from './run-million.ts'

/** What a run must not have found, in words; none when every fan kept their place and every seat was sold once. */
export function findFaults({ fans, seats, capacity, order, sale, broken }: MillionFindings): string[] {
  const must: [string, boolean][] = [
    [`${order.placesTold} of ${fans} fans were told a place`, order.placesTold === fans],
    [`${order.joinInversions} fans stand ahead of who came before`, order.joinInversions === 0],
    [`${order.doubledPlaces} places were given twice`, order.doubledPlaces === 0],
    [`${order.admissionInversions} fans were let in out of order`, order.admissionInversions === 0],
    [`${order.passedOver} fans were passed over`, order.passedOver === 0],
    [`${sale.seatsPaid} of ${seats} seats were paid`, sale.seatsPaid === seats],
    [`${sale.mostInside} fans were inside, with room for ${capacity}`, sale.mostInside <= capacity],
  ]
  return [...must.flatMap(([fault, holds]) => (holds ? [] : [fault])), ...broken]
}
