import type { z } from 'zod'
import { type Described, makeRoute, type Route, type RouteSpec } from '../route.ts'
import type { Tag } from '../tags.ts'
import { type Caller, type ContractCall, openContract, type TokenHeader } from './contract-call.ts'

/** What all routes of one contract share. */
type Contract = { tag: Tag; statuses?: Described['statuses'] }

type ContractSpec<Input extends z.ZodObject, Reply extends z.ZodType> = Omit<
  RouteSpec<ContractCall, Input, Reply>,
  'proofs' | 'tags' | 'statuses'
> & {
  /** A verb: the document and the audit log write the contract's name before it. */
  operationId: string
  /** Which header carries the queue token; `none`: the contract asks for none here. */
  token: TokenHeader
  /** Does something for a user although it is a GET. */
  acts?: true
}

const schemeOf = { Authorization: ['queueToken'], 'Token-Auth': ['tokenAuth'], none: [] } as const
const tokenRefusals = [
  'PASS_REQUIRED',
  'RECEIPT_REFUSED',
  'PASS_REFUSED',
  'STILL_WAITING',
  'LINE_CLOSED',
  'LINE_REBUILDING',
] as const

/** Makes the routes of one contract: behind a partner key unless contracts are open, with the queue token where the contract shows one. */
export function contractRoute({ tag, statuses }: Contract) {
  return <Input extends z.ZodObject, Reply extends z.ZodType>({
    token,
    acts,
    run,
    ...spec
  }: ContractSpec<Input, Reply>): Route => {
    const operationId = `${tag}.${spec.operationId}`
    const changes = acts ?? spec.method !== 'GET'
    return makeRoute<Caller, Input, Reply>(
      {
        ...spec,
        operationId,
        tags: [tag],
        refuses: token === 'none' ? spec.refuses : [...new Set([...tokenRefusals, ...spec.refuses])],
        proofs: [['partnerKey', ...schemeOf[token]], schemeOf[token]],
        ...(statuses === undefined ? {} : { statuses }),
        run: async (caller, input) => {
          const asked = 'body' in input ? input.body : undefined
          return await run(await caller.begin(changes ? { action: operationId, asked } : null), input)
        },
      },
      (parts, request) => openContract(parts, request, token),
    )
  }
}
