import {
  type AccountId,
  type AmountMinor,
  type Balance,
  type ConcertId,
  type ConcertPage,
  DomainError,
  type Payment,
  type ReservationId,
  type ShowId,
} from '@greenroom/contract'
import {
  auditPartnerCall,
  charge,
  type Deps,
  type HeldPaymentWish,
  type Partner,
  payHeld,
  readBalance,
  readConcert,
  readEntryToken,
  readFan,
  readShow,
  repeatHeldPayment,
  requirePartner,
  requirePartnerConcert,
  requirePartnerWallets,
  requireTurn,
  takePlace,
  type TakenPlace,
  type Turn,
} from '@greenroom/core'
import type { FastifyRequest } from 'fastify'
import type { ApiParts } from '../../build-server.ts'

/** Who sent the request, known before it is read: the partner key is good, and the queue token one of ours. */
export type Caller = {
  /** `deed`: what is about to be done for a user, which is audited when a partner does it. `null`: only looking. */
  begin: (deed: Deed | null) => Promise<ContractCall>
}

type Deed = {
  /** As the audit log names it: `booking.holdSeats`. */
  action: string
  /** What was asked for, as it was understood. */
  asked: unknown
}

/** The use cases of the core that the contracts' words are mapped onto, for a user whom a trusted back end names. */
export type ContractCall = {
  deps: Deps
  /** The concert of requests that name none. */
  defaultConcertId: ConcertId
  /** The fan whom path or body names. Refuses with NOT_FOUND `account`. */
  fan: (userId: AccountId) => Promise<AccountId>
  /** Refuses with NOT_FOUND, and with FORBIDDEN when the partner's key is limited to other concerts. */
  concert: (concertId: ConcertId) => Promise<ConcertPage>
  /** The same for a show; FORBIDDEN when its concert is not the key's. */
  show: (showId: ShowId) => ReturnType<typeof readShow>
  /** The fan's place in a line, taken or found. Refuses like `takePlace`, `fan` and `concert`. */
  place: (asked: { concertId?: ConcertId | null | undefined; userId: AccountId }) => Promise<TakenPlace>
  /** The live place that the queue token proves, and the pass that goes with it. Refuses like `requireTurn`. */
  turn: (expected?: Partial<Bearer>) => Promise<Turn>
  /** What the wallet holds. Refuses with FORBIDDEN when the partner's key is limited to concerts: a wallet is a fan's for all of them. */
  balance: (fanId: AccountId) => Promise<Balance>
  /** Adds to a wallet: once for each idempotency key, and without one at every request. Refuses like `charge`, and like `balance`. */
  charge: (asked: {
    fanId: AccountId
    amountMinor: AmountMinor
    headers: { 'idempotency-key'?: string | undefined }
  }) => Promise<Balance>
  /** Pays what the token's bearer holds at the token's concert. The token is spent by it, and the same payment gets the first reply again all the same. */
  pay: (asked: HeldPayment) => Promise<Payment & { concertId: ConcertId }>
}

type Bearer = ReturnType<typeof readEntryToken>
type HeldPayment = {
  /** Who pays, where the request names them: the token must be theirs. */
  fanId?: AccountId
  /** Without it: everything they hold. */
  reservationId?: ReservationId | null | undefined
  expectedMinor?: number
}
export type TokenHeader = 'Authorization' | 'Token-Auth' | 'none'

/** Refuses with PARTNER_KEY_REQUIRED, PARTNER_KEY_REFUSED or RATE_LIMITED unless contracts are open, and with PASS_REQUIRED, RECEIPT_REFUSED or FORBIDDEN for the queue token. */
export async function openContract(
  { deps, settings }: ApiParts,
  request: FastifyRequest,
  tokenHeader: TokenHeader,
): Promise<Caller> {
  const partner = await readPartner(deps, settings.contracts, request)
  const token = tokenHeader === 'none' ? undefined : requireToken(request, tokenHeader)
  const bearer = token === undefined ? undefined : readEntryToken(deps, token)
  if (bearer !== undefined) requireKeyFor(partner, bearer.concertId)
  const path = request.url.split('?', 1)[0] ?? ''

  return {
    begin: async (deed) => {
      const audit = async (fanId: AccountId): Promise<void> => {
        if (partner === null || deed === null) return
        await auditPartnerCall(deps, { partner, fanId, action: deed.action, target: path, after: deed.asked })
      }
      if (bearer !== undefined) await audit(bearer.fanId)
      const fan: ContractCall['fan'] = async (userId) => {
        const { accountId } = await readFan(deps, userId)
        if (bearer === undefined) await audit(accountId)
        return accountId
      }
      const concert: ContractCall['concert'] = async (concertId) => {
        requireKeyFor(partner, concertId)
        return await readConcert(deps, concertId)
      }
      return {
        deps,
        defaultConcertId: settings.restDefaultConcertId,
        fan,
        concert,
        show: async (showId) => {
          const show = await readShow(deps, showId)
          requireKeyFor(partner, show.concertId)
          return show
        },
        place: async (asked) => {
          const { concertId } = await concert(asked.concertId ?? settings.restDefaultConcertId)
          return await takePlace(deps, { concertId, fanId: await fan(asked.userId) })
        },
        turn: async (expected = {}) =>
          await requireTurn(deps, { token: token ?? refuseWithoutToken(), ...expected }),
        balance: async (fanId) => {
          if (partner !== null) requirePartnerWallets(partner)
          return await readBalance(deps, fanId)
        },
        charge: async ({ headers, ...asked }) => {
          if (partner !== null) requirePartnerWallets(partner)
          return await charge(deps, { ...asked, idempotencyKey: headers['idempotency-key'] ?? request.id })
        },
        pay: async (asked) => await payOnToken(deps, { token: token ?? refuseWithoutToken(), ...asked }),
      }
    },
  }
}

/**
 * A payment that was made has spent its token, so whether it was made is asked before whose turn it is, and again when it
 * is not: the same payment may have been made in between.
 */
async function payOnToken(
  deps: Deps,
  { token, reservationId, expectedMinor, ...asked }: HeldPayment & { token: string },
): Promise<Payment & { concertId: ConcertId }> {
  const { fanId, concertId } = readEntryToken(deps, token, { fanId: asked.fanId })
  const wish: HeldPaymentWish = {
    fanId,
    concertId,
    token,
    expectedMinor,
    ...(typeof reservationId === 'number' ? { reservationIds: [reservationId] } : {}),
  }
  const findFirst = async (): Promise<Payment | undefined> => await repeatHeldPayment(deps, wish)
  const payNow = async (): Promise<Payment> => {
    try {
      await requireTurn(deps, { token })
    } catch (refusal) {
      const first = await findFirst()
      if (first === undefined) throw refusal
      return first
    }
    return await payHeld(deps, wish)
  }
  return { ...((await findFirst()) ?? (await payNow())), concertId }
}

async function readPartner(
  deps: Deps,
  contracts: ApiParts['settings']['contracts'],
  { headers, ip: address }: FastifyRequest,
): Promise<Partner | null> {
  const keyText = textOf(headers['x-api-key']) ?? ''
  return contracts === 'open' && keyText === '' ? null : await requirePartner(deps, { keyText, address })
}

function requireKeyFor(partner: Partner | null, concertId: ConcertId): void {
  if (partner !== null) requirePartnerConcert(partner, concertId)
}

/** `Authorization` takes `Bearer <token>` or the bare token, `Token-Auth` the bare token. */
function requireToken(request: FastifyRequest, header: Exclude<TokenHeader, 'none'>): string {
  const text = textOf(request.headers[header.toLowerCase()]) ?? ''
  const token = header === 'Authorization' ? text.replace(/^Bearer\s+/i, '') : text
  return token === '' ? refuseWithoutToken() : token
}

function refuseWithoutToken(): never {
  throw new DomainError('PASS_REQUIRED', {})
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
