import type { FindFanInput, FoundFan } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

const fanOf: Record<FindFanInput['by'], string> = {
  email: 'accounts.email = lower($1)',
  fan: 'accounts.id = $1',
  reservation: 'accounts.id = (select fan_id from reservations where id = $1)',
  payment: 'accounts.id = (select fan_id from payments where id = $1)',
  ticket: 'accounts.id = (select fan_id from tickets where id = $1)',
}

/** `key`: an e-mail, or the number of one of the others. */
export async function findFanBy(
  db: Database,
  by: FindFanInput['by'],
  key: string | number,
): Promise<FoundFan | undefined> {
  const { rows } = await db.pool.query<FoundFan>({
    name: `find-fan-by-${by}`,
    text: `select id as "fanId", email, name, floor(extract(epoch from created_at) * 1000)::float8 as "signedUpAtMs"
           from accounts where role = 'fan' and ${fanOf[by]}`,
    values: [key],
  })
  return rows[0]
}
