import { type ConcertId, DomainError } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import type { Guards } from './guards.ts'

/** A concert whose operator said nothing asks for nothing. Refuses with NOT_FOUND. */
export async function findGuards(db: Database, concertId: ConcertId): Promise<Guards> {
  const { rows } = await db.pool.query<Guards>({
    name: 'find-line-guards',
    text: `select coalesce(challenge, 'off') as challenge, coalesce(challenge_bits, 18) as "challengeBits",
             most_per_address as "mostPerAddress"
           from lines left join line_guards using (concert_id) where concert_id = $1`,
    values: [concertId],
  })
  const [guards] = rows
  if (guards === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return guards
}

/** The same, locked until the transaction ends; the row is made when there is none. Refuses with NOT_FOUND. */
export async function lockGuards(tx: Tx, concertId: ConcertId): Promise<Guards> {
  await tx.query(
    `insert into line_guards (concert_id) select concert_id from lines where concert_id = $1
     on conflict (concert_id) do nothing`,
    [concertId],
  )
  const { rows } = await tx.query<Guards>(
    `select challenge, challenge_bits as "challengeBits", most_per_address as "mostPerAddress"
     from line_guards where concert_id = $1 for update`,
    [concertId],
  )
  const [guards] = rows
  if (guards === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return guards
}

export async function updateGuards(tx: Tx, concertId: ConcertId, guards: Guards): Promise<void> {
  await tx.query(
    `update line_guards set challenge = $2, challenge_bits = $3, most_per_address = $4 where concert_id = $1`,
    [concertId, guards.challenge, guards.challengeBits, guards.mostPerAddress],
  )
}
