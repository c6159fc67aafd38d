import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Encoding, pickEncoding } from '../content-encoding.ts'
import { sendTagged } from './entity-tag.ts'

/** The package lets nothing but its entry be resolved; the script for browsers lies beside it. */
const scalarScript = new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference'))

/** The document at `/openapi.json`, and a page at `/docs` that shows it and tries calls, with nothing from other hosts. */
export async function serveDocs(server: FastifyInstance, document: object): Promise<void> {
  const text = JSON.stringify(document)
  const script = await readFile(scalarScript)
  const scriptPath = `/docs/${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`
  server.get('/openapi.json', (request, reply) =>
    sendTagged(request, typed(reply, 'application/json', 'public, max-age=60'), text),
  )
  server.get('/docs', (request, reply) =>
    sendTagged(request, typed(reply, 'text/html', 'no-cache'), page(scriptPath)),
  )
  for (const [name, script] of Object.entries({ prepare, start })) {
    server.get(`/docs/${name}.js`, (request, reply) =>
      sendTagged(request, typed(reply, 'text/javascript', 'no-cache'), script),
    )
  }
  const compressed = compressOnce(script)
  server.get(scriptPath, async (request, reply) => {
    const encoding = pickEncoding(request.headers['accept-encoding'])
    typed(reply, 'text/javascript', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding')
    if (encoding === undefined) return reply.send(script)
    return reply.header('content-encoding', encoding).send(await compressed(encoding))
  })
}

function typed(reply: FastifyReply, type: string, cacheControl: string): FastifyReply {
  return reply.type(`${type}; charset=utf-8`).header('cache-control', cacheControl)
}

/** 4.4 MB become 1.1 (br) or 1.3 (gzip) in a tenth of a second, which is spent when the first reader comes. */
function compressOnce(bytes: Buffer): (encoding: Encoding) => Promise<Buffer> {
  const compress: Record<Encoding, () => Promise<Buffer>> = {
    br: () => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    gzip: () => promisify(gzip)(bytes),
  }
  const made = new Map<Encoding, Promise<Buffer>>()
  return (encoding) => {
    const bytesThen = made.get(encoding) ?? compress[encoding]()
    made.set(encoding, bytesThen)
    return bytesThen
  }
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
    <script src="/docs/prepare.js"></script>
    <script src="${scriptPath}"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`
}

/** The zod inside would try to make code of text, be refused by our policy and go on without; so it does not try. */
const prepare = `globalThis.__zod_globalConfig = { jitless: true }
`

/** A file of its own, because the policy forbids inline scripts. No fonts, proxy, telemetry or assistant of other hosts. */
const start = `Scalar.createApiReference('#app', {
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
  defaultOpenAllTags: true,
  hideModels: true,
  documentDownloadType: 'json',
  authentication: { preferredSecurityScheme: 'session' },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  customCss: 'a[href="https://www.scalar.com"] { display: none }',
})
`
