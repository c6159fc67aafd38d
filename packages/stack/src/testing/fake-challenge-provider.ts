import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

export type FakeChallengeProvider = {
  verifyUrl: string
  widgetUrl: string
  secret: string
  /** How it answers from now on: as a provider does, or as one that is broken, silent, or sends us elsewhere. */
  behave: (how: 'well' | 'broken' | 'silent' | 'elsewhere') => void
  /** Forms that came to it. */
  asked: Record<string, string>[]
  close: () => void
}

/**
 * A stand-in for a provider such as Turnstile, for tests alone: it proves nothing of anybody. Its widget is one button; it takes each
 * proof that begins with `person-` once, from who knows its secret.
 */
export async function startFakeChallengeProvider(): Promise<FakeChallengeProvider> {
  const secret = 'the secret of a fake provider'
  const asked: Record<string, string>[] = []
  const used = new Set<string>()
  let mood: Parameters<FakeChallengeProvider['behave']>[0] = 'well'
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html').end(widget)
    void text(request).then((body) => {
      const form = Object.fromEntries(new URLSearchParams(body))
      asked.push(form)
      if (mood === 'silent') return
      if (mood === 'broken') return void response.writeHead(500).end('<h1>Oh</h1>')
      if (mood === 'elsewhere') return void response.writeHead(302, { location: '/verify' }).end()
      const proof = form['response'] ?? ''
      const success = form['secret'] === secret && proof.startsWith('person-') && !used.has(proof)
      used.add(proof)
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ success }))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the fake provider has no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    verifyUrl: `${url}/verify`,
    widgetUrl: `${url}/widget`,
    secret,
    behave: (how) => {
      mood = how
    },
    asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const widget = `<!doctype html><html lang="en"><title>Fake widget</title>
<main><h1>Fake provider</h1><button type="button">I am a person</button></main>
<script>document.querySelector('button').onclick = () =>
  parent.postMessage({ greenroomProof: 'person-' + Math.random() }, '*')</script></html>`
