import fc from 'fast-check'
import { drawHostileText } from './hostile-values.ts'
import { placeholder } from './known-things.ts'
import type { Operation } from './read-document.ts'
import { type Draw, drawFrom } from './schema-values.ts'

/**
 * What shows who is calling, by one of the sets that the operation takes: the fan's own, or an operator's now and then; when
 * it is not to be honest, sometimes none, another's, forged or broken.
 */
export function drawProofs(
  draw: Draw,
  { operationId, proofs }: Operation,
  fan: number,
  isHonest: boolean,
): Record<string, string> {
  const names = proofs.length === 0 ? [] : drawFrom(draw, proofs)
  const headers: Record<string, string> = {}
  for (const name of names) {
    if (name === 'partnerKey') {
      if (!isHonest && draw(fc.nat, 9) === 0) headers['x-api-key'] = drawFrom(draw, forged)
      continue
    }
    const isQueueToken = name === 'queueToken' || name === 'tokenAuth'
    const roll = isHonest ? 9 : draw(fc.nat, 9)
    if (roll === 0) continue
    const own = isQueueToken ? placeholder('token', fan) : drawSession(draw, operationId, fan)
    const wrong = [...forged, placeholder(isQueueToken ? 'token' : 'session', fan + 1)]
    const token = roll === 1 ? drawFrom(draw, wrong) : own
    if (name === 'tokenAuth') headers['token-auth'] = token
    else if (name === 'sessionCookie') headers['cookie'] = `greenroom_session=${token}`
    else headers['authorization'] = isQueueToken && draw(fc.boolean) ? token : `Bearer ${token}`
  }
  return headers
}

function drawSession(draw: Draw, operationId: string, fan: number): string {
  if (operationId === 'signOut') return placeholder('spare', 0)
  const isForOperator = operationId === 'admitTicket' || draw(fc.nat, 19) === 0
  return isForOperator ? placeholder('operator', 0) : placeholder('session', fan)
}

const forged = [
  '',
  'x',
  'Bearer',
  'null',
  '..',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'eyJjIjoxLCJmIjoxfQ.c2lnbmVk',
  'gr_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  `gr_99999999999999999999_${'A'.repeat(43)}`,
  'a'.repeat(6_000),
]

export function drawOddHeaders(draw: Draw): Record<string, string> {
  if (draw(fc.nat, 9) === 0) return { 'x-odd': headerText(drawHostileText(draw)) }
  return drawFrom(draw, oddHeaders)
}

const oddHeaders: Record<string, string>[] = [
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  { cookie: `${'a=b; '.repeat(200)}greenroom_session=x` },
  { cookie: ';;;=;' },
  { 'x-forwarded-for': '127.0.0.1, ::1', 'x-forwarded-host': 'elsewhere.example' },
  { 'x-http-method-override': 'DELETE' },
  { 'if-none-match': '*' },
  { 'if-none-match': `"${'x'.repeat(4_000)}"` },
  { accept: 'text/xml;q=9, */*;q=-1' },
  { 'accept-encoding': 'br;q=x, gzip' },
  { 'content-encoding': 'gzip' },
  { range: 'bytes=0-0,-1' },
  { upgrade: 'h2c', connection: 'upgrade' },
  { expect: '100-continue' },
  { 'idempotency-key': 'x' },
]

/** What Node lets into a header: bytes from 0x20 on, of which the server may make what it will. */
export function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 6_000)
}
