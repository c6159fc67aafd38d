import type { z } from 'zod'
import { type Described, makeRoute, type Route, type RouteSpec } from '../route.ts'
import type { Tag } from '../tags.ts'
import { type ContractCall, openContractCall, type TokenHeader } from './contract-call.ts'

/** What all routes of one contract share. */
type Contract = { tag: Tag; statuses?: Described['statuses'] }

type ContractSpec<Input extends z.ZodObject, Reply extends z.ZodType> = Omit<
  RouteSpec<ContractCall, Input, Reply>,
  'proofs' | 'tags' | 'statuses'
> & {
  /** Which header carries the queue token; `none`: the contract asks for none here. */
  token: TokenHeader
}

const schemeOf = { Authorization: ['queueToken'], 'Token-Auth': ['tokenAuth'], none: [] } as const
const tokenRefusals = [
  'PASS_REQUIRED',
  'RECEIPT_REFUSED',
  'PASS_REFUSED',
  'STILL_WAITING',
  'LINE_REBUILDING',
] as const

/** Makes the routes of one contract: behind a partner key unless contracts are open, with the queue token where the contract shows one. */
export function contractRoute({ tag, statuses }: Contract) {
  return <Input extends z.ZodObject, Reply extends z.ZodType>({
    token,
    ...spec
  }: ContractSpec<Input, Reply>): Route =>
    makeRoute<ContractCall, Input, Reply>(
      {
        ...spec,
        tags: [tag],
        refuses: token === 'none' ? spec.refuses : [...tokenRefusals, ...spec.refuses],
        proofs: [['partnerKey', ...schemeOf[token]], schemeOf[token]],
        ...(statuses === undefined ? {} : { statuses }),
      },
      (parts, request) =>
        openContractCall(parts, request, { tokenHeader: token, action: `${tag}.${spec.operationId}` }),
    )
}
