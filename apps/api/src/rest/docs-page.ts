import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import etag from '@fastify/etag'
import type { FastifyInstance } from 'fastify'

/** The package lets nothing but its entry be resolved; the script for browsers lies beside it. */
const scalarScript = new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference'))

/** The document at `/openapi.json`, and a page at `/docs` that shows it and tries calls, with nothing from other hosts. */
export async function serveDocs(server: FastifyInstance, document: object): Promise<void> {
  const text = JSON.stringify(document)
  const script = await readFile(scalarScript)
  const scriptPath = `/docs/${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`
  await server.register(async (scope) => {
    await scope.register(etag, { weak: true })
    scope.get('/openapi.json', (_request, reply) =>
      reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=60').send(text),
    )
    scope.get('/docs', (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page(scriptPath)),
    )
    scope.get('/docs/start.js', (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(startScript),
    )
  })
  server.get(scriptPath, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(script),
  )
}

function page(scriptPath: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Greenroom API</title>
    <link rel="icon" href="/favicon.svg" />
  </head>
  <body>
    <noscript>This page needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
    <div id="app"></div>
    <script src="${scriptPath}"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`
}

/** A file of its own, because the policy forbids inline scripts. No fonts, proxy, telemetry or assistant of other hosts. */
const startScript = `Scalar.createApiReference('#app', {
  url: '/openapi.json',
  baseServerURL: location.origin,
  servers: [{ url: location.origin }],
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  proxyUrl: '',
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: true,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
})
`
