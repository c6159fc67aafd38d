import { DomainError, type ErrorCode, errorCodes, exampleOf } from '@greenroom/contract'
import { publicProcedure, trpc } from '@greenroom/router'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'

const trpcCodes = [
  'PARSE_ERROR',
  'BAD_REQUEST',
  'INTERNAL_SERVER_ERROR',
  'NOT_IMPLEMENTED',
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'UNAUTHORIZED',
  'PAYMENT_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_SUPPORTED',
  'TIMEOUT',
  'CONFLICT',
  'PRECONDITION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNPROCESSABLE_CONTENT',
  'PRECONDITION_REQUIRED',
  'TOO_MANY_REQUESTS',
  'CLIENT_CLOSED_REQUEST',
] as const

const circular: Record<string, unknown> = {}
circular.self = circular

/** What calls itself a promise by these methods; each calls back at once. */
const likePromise = (...methods: string[]): object =>
  Object.fromEntries(methods.map((method) => [method, (settle?: (value: number) => void) => settle?.(1)]))

async function* countTo(last: number): AsyncGenerator<number> {
  for (let number = 1; number <= last; number++) yield number
}

/** What procedures may return though none of ours does: each is sent, changed or refused by JSON or tRPC in its own way. */
const oddResults: Record<string, () => unknown> = {
  nothing: () => undefined,
  null: () => null,
  zero: () => -0,
  emptyText: () => '',
  notANumber: () => [Number.NaN, Number.POSITIVE_INFINITY],
  holes: () => ({ gone: undefined, kept: [undefined, () => 1, Symbol('s')] }),
  date: () => new Date(0),
  badDate: () => new Date(Number.NaN),
  map: () => new Map([[1, 2]]),
  bytes: () => new Uint8Array([1, 2, 3]),
  itsOwnJson: () => ({ toJSON: () => ({ other: true }) }),
  noJson: () => ({
    toJSON: () => {
      throw new Error('no JSON of this')
    },
  }),
  bigInt: () => ({ amount: 1n }),
  bareBigInt: () => 1n,
  circular: () => circular,
  function: () => () => 1,
  symbol: () => Symbol('s'),
  unicode: () => '\u{1f3ab} \ud800 \udfff \u2028 é 한국어 \u0000',
  protoKey: () => JSON.parse('{"__proto__":{"polluted":true}}'),
  noPrototype: () => Object.assign(Object.create(null), { a: 1 }),
  large: () => 'x'.repeat(200_000),
  promiseInside: () => ({ later: Promise.resolve(1) }),
  promiseInList: () => [Promise.resolve(1)],
  functionLikePromise: () => ({ later: Object.assign(() => 1, likePromise('then', 'catch')) }),
  thenAlone: () => ({ later: likePromise('then') }),
  stream: () => countTo(3),
  streamInside: () => ({ numbers: countTo(3) }),
  streamDeepInside: () => ({ at: { numbers: countTo(3) } }),
}

const oddFailures: Record<string, unknown> = {
  error: new Error('the secret is hunter2'),
  text: 'a text',
  nothing: undefined,
  null: null,
  object: { message: 'no error', code: 'NOT_FOUND' },
  likeTrpc: Object.assign(new Error('like one'), { name: 'TRPCError', code: 'CONFLICT' }),
  unknownRefusal: Object.assign(new Error('x'), { name: 'DomainError', code: 'NO_SUCH_CODE' }),
  withCause: new Error('outside', { cause: new DomainError('NOT_FOUND', { what: 'show' }) }),
}

const codeInput = z.object({ code: z.enum(errorCodes) })
const trpcCodeInput = z.object({ code: z.enum(trpcCodes) })
const nameInput = z.object({ name: z.string() })

const echo = publicProcedure.input(z.unknown())
const strict = publicProcedure.input(z.strictObject({ n: z.int(), text: z.string().max(5).optional() }))
const twice = publicProcedure.input(z.object({ a: z.number() })).input(z.object({ b: z.string() }))
const ofCode = publicProcedure.input(codeInput)
const ofTrpcCode = publicProcedure.input(trpcCodeInput)
const ofName = publicProcedure.input(nameInput)
const readsRawInput = publicProcedure.use(async ({ next, getRawInput }) => {
  await getRawInput()
  return next()
})
// without the product's mapping of failures in between
const plainOfTrpcCode = trpc.procedure.input(trpcCodeInput)
const plainOfName = trpc.procedure.input(nameInput)

const refuse = (code: ErrorCode): never => {
  throw exampleOf(code)
}
const refuseAsTrpc = (code: (typeof trpcCodes)[number]): never => {
  throw new TRPCError({ code, message: 'a text of its own' })
}
const fail = (name: string): never => {
  throw oddFailures[name]
}
const resultOf = (name: string): unknown => oddResults[name]?.()

/** A router of everything that may go wrong in a call, or come out of it, on the product's own tRPC. */
export const oddRouter = trpc.router({
  q: trpc.router({
    echo: echo.query(({ input }) => ({ input })),
    strict: strict.query(({ input }) => input),
    session: publicProcedure.query(({ ctx }) => ctx.session),
    refuse: ofCode.query(({ input }) => refuse(input.code)),
    failPlainly: plainOfName.query(({ input }) => fail(input.name)),
    result: ofName.query(({ input }) => resultOf(input.name)),
    rawInput: readsRawInput.query(() => 'read'),
    stream: publicProcedure.subscription(() => countTo(3)),
  }),
  m: trpc.router({
    echo: echo.mutation(({ input }) => ({ input })),
    strict: strict.mutation(({ input }) => input),
    twice: twice.mutation(({ input }) => input),
    session: publicProcedure.mutation(({ ctx }) => ctx.session),
    setCookie: publicProcedure.mutation(({ ctx }) => ctx.setSessionCookie('a=b; c')),
    clearCookie: publicProcedure.mutation(({ ctx }) => ctx.setSessionCookie(null)),
    setCookieAndFail: publicProcedure.mutation(({ ctx }) => {
      ctx.setSessionCookie('set')
      return refuse('NOT_FOUND')
    }),
    refuse: ofCode.mutation(({ input }) => refuse(input.code)),
    refuseAsTrpc: ofTrpcCode.mutation(({ input }) => refuseAsTrpc(input.code)),
    refusePlainly: plainOfTrpcCode.mutation(({ input }) => refuseAsTrpc(input.code)),
    fail: ofName.mutation(({ input }) => fail(input.name)),
    failPlainly: plainOfName.mutation(({ input }) => fail(input.name)),
    result: ofName.mutation(({ input }) => resultOf(input.name)),
    wrongResult: publicProcedure.output(z.number()).mutation(() => Number.NaN),
    rawInput: readsRawInput.mutation(() => 'read'),
  }),
})

const codes = errorCodes.map((code) => ({ code }))
const codesOfTrpc = trpcCodes.map((code) => ({ code }))
const failures = Object.keys(oddFailures).map((name) => ({ name }))

const inputsByName: Record<string, readonly unknown[]> = {
  strict: [{ n: 1 }, { n: 1, text: 'long text' }, { n: 1, more: true }, { n: 0.5 }],
  twice: [{ a: 1, b: '2' }, { a: 1 }, { b: '2' }],
  refuse: codes,
  refuseAsTrpc: codesOfTrpc,
  refusePlainly: codesOfTrpc,
  fail: failures,
  failPlainly: failures,
  result: Object.keys(oddResults).map((name) => ({ name })),
}

/** What a procedure of the odd router can be asked for. */
export function oddInputsOf(path: string): readonly unknown[] {
  return inputsByName[path.replace(/^.*\./, '')] ?? [{}, null]
}
