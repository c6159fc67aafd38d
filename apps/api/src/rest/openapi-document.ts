import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { ApiSettings } from '../env.ts'
import { describeOperation } from './describe-operation.ts'
import { finishParameters } from './finish-parameters.ts'
import { nameSchemas } from './name-schemas.ts'
import type { Route } from './route.ts'
import { securitySchemesAt } from './security-schemes.ts'
import { tagGroups, tagList } from './tags.ts'
import { describeWebhooks, webhooksTag } from './webhook-messages.ts'

export type OpenApiDocument = ReturnType<typeof createDocument>

/** The OpenAPI 3.1 document of these routes: made of what the server runs, so the two cannot disagree. */
export function openApiDocument(
  routes: readonly Route[],
  settings: Pick<ApiSettings, 'publicOrigin' | 'contracts'>,
): OpenApiDocument {
  const served = settings.contracts === 'open' ? routes : routes.map(requirePartnerKey)
  const isUsed = (name: string): boolean => served.some(({ tags }) => tags.some((tag) => tag === name))
  const schemes = new Set(served.flatMap(({ proofs }) => proofs.flat()))
  nameSchemas()
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Greenroom',
      version: '1',
      summary: 'On-sales for concerts: a fair line, a live seat map, timed holds, a wallet, tickets.',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: settings.publicOrigin }],
    tags: [...tagList.filter(({ name }) => isUsed(name)), webhooksTag],
    'x-tagGroups': [
      ...tagGroups.flatMap(({ name, tags }) => {
        const used = tags.filter(isUsed)
        return used.length === 0 ? [] : [{ name, tags: used }]
      }),
      { name: 'What we send', tags: [webhooksTag.name] },
    ],
    paths: pathsOf(served),
    webhooks: describeWebhooks(),
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(securitySchemesAt(settings.publicOrigin)).filter(([name]) =>
          [...schemes].some((used) => used === name),
        ),
      ),
    },
  })
  finishParameters(document, served)
  return document
}

/** Only where contracts are open may a partner's key be left out. */
function requirePartnerKey(route: Route): Route {
  const withKey = route.proofs.filter((schemes) => schemes.includes('partnerKey'))
  return withKey.length === 0 ? route : { ...route, proofs: withKey }
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  return Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, group]) => [
      path,
      Object.fromEntries(group.map((route) => [route.method.toLowerCase(), describeOperation(route)])),
    ]),
  )
}

const description = `Amounts are whole minor units of the currency (won for KRW). Instants end in \`Ms\`: milliseconds since 1970 by the
server's clock. Every refusal is \`{"error": {"code", "message", "details"}}\`: switch on \`code\`, show your own words.

A \`POST\` that moves a seat or money takes an \`Idempotency-Key\`: make one for each attempt, send it again with each
repeat, and the first reply comes again. \`503\` and \`429\` say in \`Retry-After\` and \`details.retryAfterMs\` when to come back.

**Buying a ticket by hand**: sign in, join the queue of a concert, read it until \`state\` is \`ACTIVE\`, send its \`pass\` as
\`Queue-Pass\` to see seats and hold some, charge the wallet, pay within the hold's time.`
