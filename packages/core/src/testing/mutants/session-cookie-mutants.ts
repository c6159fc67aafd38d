import { type Mutant, mutantsOf } from './mutant.ts'

const tests = 'session-cookie.int.test.ts'
const api = 'apps/api/src/session-cookie.ts'
const atApi = {
  file: 'apps/api/src/build-server.int.test.ts',
  name: 'is out of reach of scripts and of other sites, and only travels encrypted',
}

/** One for each word that the browser is told beside the session. */
const words = [
  {
    name: 'only-for-http',
    guard: 'a script that got into a page reads the session',
    from: 'httpOnly: true',
    to: 'httpOnly: false',
  },
  {
    name: 'same-site',
    guard: "another site's form posts with the session",
    from: "sameSite: 'lax'",
    to: "sameSite: 'none'",
  },
  {
    name: 'secure',
    guard: 'the session travels where everybody can read it',
    from: 'secure: isSecure',
    to: 'secure: false',
  },
  {
    name: 'for-all-paths',
    guard: 'a browser that knows the prefix keeps no session at all',
    from: "path: '/'",
    to: "path: '/trpc'",
  },
  {
    name: 'for-this-host',
    guard: 'every host of the domain is sent the session',
    from: "path: '/'",
    to: "path: '/', domain: 'tickets.example'",
  },
  {
    name: 'as-long-as-its-session',
    guard: 'a device that was lent keeps the cookie for years',
    from: 'maxAge: sessionLifeMs / 1_000',
    to: 'maxAge: sessionLifeMs',
  },
] as const

export const sessionCookieMutants: Mutant[] = mutantsOf('packages/core/src/accounts', [
  ...words.map(({ name, guard, from, to }) => ({
    name: `cookie-is-${name}`,
    guard,
    file: api,
    without: { [from]: to },
    test: atApi,
  })),
  {
    name: 'cookie-has-a-prefix',
    guard: 'a sibling domain sets a cookie of the name that is believed',
    file: 'session-cookie.ts',
    without: { '`__Host-${bareSessionCookieName}`': 'bareSessionCookieName' },
    test: {
      file: tests,
      name: 'over https the name has a prefix that browsers give to this host alone, over plain http none',
    },
  },
  {
    name: 'cookie-knows-https',
    guard: 'an installation with https has the cookie of plain http',
    file: 'session-cookie.ts',
    without: { "=== 'https:'": "=== 'wss:'" },
    test: {
      file: tests,
      name: 'over https the name has a prefix that browsers give to this host alone, over plain http none',
    },
  },
  {
    name: 'bare-cookie-opens-nothing',
    guard: 'a session that a sibling domain planted is gone on with',
    file: 'session-cookie.ts',
    without: { 'bare !== undefined && isBeforePrefix(deps.keys, bare)': 'bare !== undefined' },
    test: { file: tests, name: 'over https a session that is planted under the bare name opens nothing' },
  },
  {
    name: 'bare-cookie-comes-second',
    guard: 'a cookie of before speaks although the one with the prefix says otherwise',
    file: 'session-cookie.ts',
    without: {
      'if (token !== undefined || !cookie.isSecure)':
        'if (!cookie.isSecure || (token !== undefined && verifySession(deps, token) !== undefined))',
    },
    test: {
      file: tests,
      name: 'who signed in before there was a prefix goes on, until a cookie with the prefix says otherwise',
    },
  },
  {
    name: 'cookie-is-taken-back',
    guard: 'a browser keeps the session of who signed out',
    file: api,
    without: { 'if (token === null) takeBack(name)': 'if (token === null) return' },
    test: { file: atApi.file, name: 'is taken back when signing out, and opens nothing from then on' },
  },
  {
    name: 'bare-cookie-is-taken-back',
    guard: 'what was planted stays in the browser, beside the own session',
    file: api,
    without: { 'if (name !== bareSessionCookieName) takeBack(bareSessionCookieName)': '' },
    test: {
      file: atApi.file,
      name: 'planted by a sibling site, which cannot have the prefix, opens nothing, and goes when the fan signs in or out',
    },
  },
])
