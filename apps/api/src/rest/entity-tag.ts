import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What tells when an answer was read, and nothing of what it says. */
const readings = /(?<=[{,])"(?:asOfMs|stockAsOfMs)":\d+,?/g

/** Sends a text with its ETag, or a 304 without it to who has it already. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const tag = entityTagOf(text)
  void reply.header('etag', tag)
  if (namesTag(request.headers['if-none-match'], tag)) return reply.status(304).send()
  return reply.send(text)
}

/** The weak ETag of a JSON text. Two answers that differ in nothing but when they were read are the same answer. */
export function entityTagOf(text: string): string {
  return contentTagOf(text.replace(readings, ''))
}

/** The weak ETag of just this content. */
export function contentTagOf(content: string | Buffer): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
}

/** Whether an `If-None-Match` names the tag: one of its list, weak or not, or `*` (RFC 9110, 13.1.2). */
export function namesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const opaque = (text: string): string => text.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((each) => each.trim() === '*' || opaque(each) === opaque(tag))
}
