import {
  type AccountId,
  type ConcertId,
  DomainError,
  idempotencyKey,
  type Payment,
  parseInput,
} from '@greenroom/contract'
import {
  auditPartnerCall,
  type Deps,
  findHeldPayment,
  type HeldPayment,
  type Partner,
  payHeld,
  readEntryToken,
  readFan,
  requirePartner,
  requirePartnerConcert,
  requireTurn,
  type Turn,
} from '@greenroom/core'
import type { FastifyRequest } from 'fastify'
import type { ApiParts } from '../../build-server.ts'

/**
 * What a contract's route may do: use cases of the core, for a user whom a trusted back end names. Made only for a caller
 * whose partner key was checked, or any caller where the contracts are open.
 */
export type ContractCall = {
  deps: Deps
  defaultConcertId: ConcertId
  /** One for each attempt: the caller's `Idempotency-Key`, or else the request's own id. */
  attemptKey: string
  /** The user that path or body names. Refuses with NOT_FOUND. */
  user: (userId: AccountId) => Promise<AccountId>
  /** Refuses with FORBIDDEN when the partner's key is limited to other concerts. */
  concert: (concertId: ConcertId) => ConcertId
  /** Who was given the queue token, live or not. Refuses with RECEIPT_REFUSED. */
  holder: () => Holder
  /** The live place that the queue token proves, and the pass that goes with it. Refuses with 401s and STILL_WAITING. */
  turn: (expected?: Partial<Holder>) => Promise<Turn>
  /** Pays on the queue token, which the payment spends: the same payment again gets the first reply again. */
  pay: (input: HeldPayment) => Promise<Payment>
}

type Holder = { concertId: ConcertId; fanId: AccountId }
export type TokenHeader = 'Authorization' | 'Token-Auth' | 'none'

/** Refuses with PARTNER_KEY_REQUIRED or PARTNER_KEY_REFUSED unless contracts are open, and with 401s for a bad queue token. */
export async function openContractCall(
  { deps, settings }: ApiParts,
  request: FastifyRequest,
  { tokenHeader, action }: { tokenHeader: TokenHeader; action: string },
): Promise<ContractCall> {
  const partner = await readPartner(deps, settings.contracts, textOf(request.headers['x-api-key']))
  const concert = (concertId: ConcertId): ConcertId => {
    if (partner !== null) requirePartnerConcert(partner, concertId)
    return concertId
  }
  const token = tokenHeader === 'none' ? undefined : requireToken(request, tokenHeader)
  const bearer = token === undefined ? undefined : readEntryToken(deps, token)
  const holder = (): Holder => bearer ?? refuseWithoutToken()
  if (bearer !== undefined) concert(bearer.concertId)
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  const auditFor = async (fanId: AccountId): Promise<void> => {
    if (partner !== null && changes)
      await auditPartnerCall(deps, { partner, fanId, action, target: request.url })
  }
  if (bearer !== undefined) await auditFor(bearer.fanId)

  const turn: ContractCall['turn'] = (expected = {}) =>
    requireTurn(deps, { token: token ?? refuseWithoutToken(), ...expected })
  return {
    deps,
    defaultConcertId: settings.restDefaultConcertId,
    attemptKey: parseInput(idempotencyKey, textOf(request.headers['idempotency-key']) ?? request.id),
    user: async (userId) => {
      const { accountId } = await readFan(deps, userId)
      if (bearer === undefined) await auditFor(accountId)
      return accountId
    },
    concert,
    holder,
    turn,
    pay: async (input) => {
      if (input.fanId !== holder().fanId) throw new DomainError('RECEIPT_REFUSED', { reason: 'otherFan' })
      // a payment that was made has spent the token, and asked for again it is answered all the same
      const paid = await findHeldPayment(deps, input)
      if (paid !== undefined) return paid
      await turn({ fanId: input.fanId })
      return await payHeld(deps, input)
    },
  }
}

async function readPartner(
  deps: Deps,
  contracts: ApiParts['settings']['contracts'],
  apiKey: string | undefined,
): Promise<Partner | null> {
  return contracts === 'open' && apiKey === undefined ? null : await requirePartner(deps, apiKey)
}

/** `Authorization` takes `Bearer <token>` or the bare token. */
function requireToken(request: FastifyRequest, header: Exclude<TokenHeader, 'none'>): string {
  const text = textOf(request.headers[header.toLowerCase()])?.replace(/^Bearer\s+/i, '')
  return text === undefined || text === '' ? refuseWithoutToken() : text
}

function refuseWithoutToken(): never {
  throw new DomainError('PASS_REQUIRED', {})
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
