import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Puts the router's declarations into the client, so that who installs the client gets every procedure's types and
 * none of the server (sequelize, pg, bullmq ...). The declarations spell each procedure out; only the server's context
 * leads into the core, and a client never sees a context: it becomes `object`. Needs both packages built.
 */
export function takeRouterTypes(folders: { routerDist: string; clientDist: string }): void {
  const { routerDist, clientDist } = folders
  mkdirSync(join(clientDist, 'router'))
  for (const file of reachableFrom(routerDist, 'app-router')) {
    const text = file === 'context' ? contextOfNobody : readFileSync(join(routerDist, `${file}.d.ts`), 'utf8')
    writeFileSync(join(clientDist, 'router', `${file}.d.ts`), text)
  }
  const api = join(clientDist, 'api.d.ts')
  writeFileSync(api, redirect(readFileSync(api, 'utf8')))
}

const contextOfNobody = `/** What the server knows of a call is the server's. */\nexport type Context = object;\n`

/** The one place where the client names the router; a second one would be found by the test of the packed client. */
function redirect(api: string): string {
  const redirected = api.replace("from '@greenroom/router'", "from './router/app-router.js'")
  if (redirected === api) throw new Error('the client no longer takes its types from the router in api.ts')
  return redirected
}

function reachableFrom(routerDist: string, first: string): Set<string> {
  const found = new Set([first])
  for (const file of found) {
    if (file === 'context') continue
    const text = readFileSync(join(routerDist, `${file}.d.ts`), 'utf8')
    for (const [, next] of text.matchAll(/['"]\.\/([a-z-]+)\.[jt]s['"]/g)) {
      if (next !== undefined) found.add(next)
    }
  }
  return found
}
