import { randomUUID } from 'node:crypto'
import type { Role } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import { setRole } from '@greenroom/core/testing'
import type { FastifyInstance } from 'fastify'

/** Somebody of that role, signed in over the api, with the header that says so. */
export async function signUpAs(
  { server, deps }: { server: FastifyInstance; deps: Deps },
  role: Role,
): Promise<{ authorization: string; accountId: number }> {
  const person = { email: `${randomUUID()}@greenroom.example`, password: 'a long password', name: 'One' }
  const call = async (procedure: string) =>
    (await server.inject({ method: 'POST', url: `/trpc/accounts.${procedure}`, payload: person })).json()
  await call('signUp')
  await setRole(deps, person.email, role)
  const { data } = (await call('signIn')).result
  return { authorization: `Bearer ${data.token}`, accountId: data.account.accountId }
}
