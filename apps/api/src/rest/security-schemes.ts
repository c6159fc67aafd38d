import { sessionCookieOf } from '@greenroom/core'

/** The proofs a caller may show, as the document names them, where browsers find the server at that origin. */
export const securitySchemesAt = (publicOrigin: string) =>
  ({
    session: {
      type: 'http',
      scheme: 'bearer',
      description: 'The `token` of `POST /v1/sessions` or `POST /v1/accounts`.',
    },
    sessionCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookieOf(publicOrigin).name,
      description: 'The same token, as browsers carry it.',
    },
    partnerKey: {
      type: 'apiKey',
      in: 'header',
      name: 'x-api-key',
      description: 'A key that an operator made for one partner. The local demo needs none.',
    },
    queueToken: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The token that the contract issued, bare or after `Bearer `.',
    },
    tokenAuth: {
      type: 'apiKey',
      in: 'header',
      name: 'Token-Auth',
      description: 'The token that `GET /token/{userId}` issued, bare.',
    },
  }) as const

export type SchemeName = keyof ReturnType<typeof securitySchemesAt>
