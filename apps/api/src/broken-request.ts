import type { Socket } from 'node:net'
import { DomainError, toWireError } from '@greenroom/contract'

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** What is no HTTP, too slow or with too large a head never becomes a request: it is refused on the socket, in the form of every refusal. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // nobody is there to be told
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statuses[error.code ?? ''] ?? '400 Bad Request'
  const body = JSON.stringify({ error: toWireError(refusalOf(error.code, status)) })
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

/** What came too slowly says nothing against the request: clients repeat it, as anything that met an overload. */
function refusalOf(code: string | undefined, status: string): DomainError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new DomainError('OVERLOADED', { retryAfterMs: 1_000 })
  return new DomainError('BAD_INPUT', { faults: [{ path: '', message: status.replace(/^\d+ /, '') }] })
}
