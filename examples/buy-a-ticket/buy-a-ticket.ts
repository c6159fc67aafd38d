import { randomUUID } from 'node:crypto'
import { createGreenroom } from '@greenroom/client'

const greenroom = createGreenroom({ apiUrl: process.argv[2] ?? 'http://localhost:3000' })
const { api, live } = greenroom

const person = { email: `${randomUUID()}@example.com`, password: randomUUID(), name: 'Ada' }
const { token } = await api.accounts.signUp.mutate(person)
greenroom.setToken(token)

const onSale = (await api.catalogue.concerts.query()).find((concert) => concert.phase === 'open')
if (onSale === undefined) throw new Error('nothing is on sale')
const { concertId, shows } = await api.catalogue.concert.query(onSale)
const show = shows.find(({ stock }) => stock.some((category) => category.available >= 2))
if (show === undefined) throw new Error('sold out')

const pass = await live.waitForTurn(concertId, { onPlace: (ahead) => console.log(`${ahead} fans ahead`) })
const hold = await api.reservations.holdBest.mutate({ showId: show.showId, pass, quantity: 2 })
console.log(`held until ${new Date(hold.heldUntilMs).toISOString()}: ${hold.amountMinor} ${hold.currency}`)

// a key for each try: sent again after a lost answer, it moves no money a second time
const [chargeKey, payKey] = [randomUUID(), randomUUID()]
await api.wallet.charge.mutate({ amountMinor: hold.amountMinor, idempotencyKey: chargeKey })
const reservationIds = [hold.reservationId]
const { ticketIds } = await api.payments.pay.mutate({ reservationIds, idempotencyKey: payKey })
for (const ticketId of ticketIds) {
  const { row, number, code } = await api.tickets.get.query({ ticketId })
  console.log(`ticket ${ticketId}: row ${row}, seat ${number}: ${code}`)
}
