import type { Role } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from './as-owner.ts'

/** Gives the account of that e-mail a role, which the product's own login may not. It counts from the next signing in on. */
export async function setRole(deps: Deps, email: string, role: Role): Promise<void> {
  await asOwner(deps, (tx) => tx.query('update accounts set role = $2 where email = $1', [email, role]))
}
