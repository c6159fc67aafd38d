import { DomainError, idempotencyKey } from '@greenroom/contract'
import { appRouter } from '@greenroom/router'
import { z } from 'zod'
import { createContext } from '../../trpc-http.ts'
import { integerMeta } from '../integer-meta.ts'
import { makeRoute, type Route, type RouteSpec } from '../route.ts'
import type { SchemeName } from '../security-schemes.ts'

/** The typed procedures, called by whoever the request's session says. */
export type Procedures = ReturnType<typeof appRouter.createCaller>

export type V1Spec<Input extends z.ZodObject, Reply extends z.ZodType> = Omit<
  RouteSpec<Procedures, Input, Reply>,
  'proofs'
> & { access: keyof typeof proofs }

const signedIn = [['session'], ['sessionCookie']] as const
const proofs = { anyone: [], fan: signedIn, inside: signedIn, operator: signedIn } as const satisfies Record<
  string,
  readonly (readonly SchemeName[])[]
>

/** A route of `/v1`: one procedure of the router, in REST's words. What a caller may do is the procedure's own rule. */
export function v1Route<Input extends z.ZodObject, Reply extends z.ZodType>({
  access,
  ...spec
}: V1Spec<Input, Reply>): Route {
  return makeRoute<Procedures, Input, Reply>({ ...spec, proofs: proofs[access] }, (parts, request, reply) => {
    const context = createContext(parts, request, reply, 'rest')
    if (access !== 'anyone' && context.session === null) throw new DomainError('SIGN_IN_REQUIRED', {})
    if (access === 'operator' && context.session?.role !== 'operator') throw new DomainError('FORBIDDEN', {})
    if (access === 'inside' && !request.headers['queue-pass']) throw new DomainError('PASS_REQUIRED', {})
    return appRouter.createCaller(context)
  })
}

/** A body of these fields alone: an unknown one is refused by its name. */
export function bodyOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(schema.shape)
}

/** Digits of a path or a query as the number they spell; the contract's schema says what number may stand there. */
export function digits<Schema extends z.ZodType<unknown, number>>(schema: Schema) {
  return z
    .string()
    .regex(/^\d{1,16}$/, 'digits alone')
    .transform(Number)
    .pipe(schema)
    .meta(integerMeta(schema))
}

/** Made by the client, once per attempt: the same key with the same body gets the first reply again. */
export const attempt = z.object({
  'idempotency-key': idempotencyKey.meta({ example: '6f1c2d8e-9f0b-4c57-a1b1-3f6e5b0d7a11' }),
})
