import { type ErrorCode, errorCodes, errorDetails, exampleOf, toWireError } from '@greenroom/contract'
import { z } from 'zod'
import type {
  ZodOpenApiExampleObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { httpStatus } from '../http-status.ts'
import type { Route } from './route.ts'

/** Every operation may run into these, whatever it does. */
const anyOperation: readonly ErrorCode[] = ['BAD_INPUT', 'INTERNAL', 'UNAVAILABLE', 'OVERLOADED']
/** What needs a proof may miss it; what changes something is refused to a page of another origin. */
const signedIn: readonly ErrorCode[] = ['SIGN_IN_REQUIRED', 'FORBIDDEN']
const partner: readonly ErrorCode[] = [
  'PARTNER_KEY_REQUIRED',
  'PARTNER_KEY_REFUSED',
  'RATE_LIMITED',
  'FORBIDDEN',
]

/** All that a route may refuse with, without repeats. */
export function refusalsOf(route: Route): ErrorCode[] {
  const schemes = new Set(route.proofs.flat())
  const bySchemes = [
    ...(schemes.has('session') ? signedIn : []),
    ...(schemes.has('partnerKey') ? partner : []),
  ]
  const byMethod: ErrorCode[] = route.method === 'GET' ? [] : ['FORBIDDEN']
  return [...new Set([...route.refuses, ...bySchemes, ...byMethod, ...anyOperation])]
}

export function statusOf(route: Route, code: ErrorCode): number {
  return route.statuses?.[code] ?? httpStatus[code]
}

/** One response for each status, with the codes that share it. */
export function refusalResponses(route: Route): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => statusOf(route, code))
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([one], [other]) => one - other)
      .map(([status, codes]) => [`${status}`, refusalResponse(codes.toSorted())]),
  )
}

const responses = new Map<string, ZodOpenApiResponseObject>()

/** The component for these codes: the same object each time, which is how the library knows it again. */
function refusalResponse(codes: readonly ErrorCode[]): ZodOpenApiResponseObject {
  const id = codes.join('.')
  const response = responses.get(id) ?? makeResponse(id, codes)
  responses.set(id, response)
  return response
}

function makeResponse(id: string, codes: readonly ErrorCode[]): ZodOpenApiResponseObject {
  const [first, ...others] = codes.flatMap((code) => refusalSchemas.get(code) ?? [])
  const comesBack = codes.some((code) => 'retryAfterMs' in exampleOf(code).details)
  return {
    id,
    description: codes.map((code) => `\`${code}\`: ${toWireError(exampleOf(code)).message}`).join('\n\n'),
    ...(comesBack ? { headers: retryHeaders } : {}),
    content: {
      'application/json': {
        ...(first === undefined ? {} : { schema: others.length === 0 ? first : z.union([first, ...others]) }),
        examples: Object.fromEntries(codes.map((code) => [code, refusalExamples.get(code) ?? {}])),
      },
    },
  }
}

const retryHeaders = z.object({
  'Retry-After': z
    .string()
    .regex(/^\d+$/)
    .optional()
    .meta({
      header: { id: 'Retry-After', description: 'Seconds until it is worth trying again.', example: '1' },
    }),
})

/** One component for each code, shared by all operations that may refuse with it. */
const refusalSchemas = new Map<ErrorCode, z.ZodType>(
  errorCodes.map((code) => [
    code,
    z
      .object({
        error: z.object({ code: z.literal(code), message: z.string(), details: errorDetails[code] }),
      })
      .meta({ id: `Refusal_${code}` }),
  ]),
)

const refusalExamples = new Map<ErrorCode, ZodOpenApiExampleObject>(
  errorCodes.map((code) => [code, { id: code, value: { error: toWireError(exampleOf(code)) } }]),
)
