import { parseWireError } from '@greenroom/contract'
import { z } from 'zod'

/** Servers may be busy or without a part; anything else from 500 on was not planned. */
const plannedOutages = ['OVERLOADED', 'UNAVAILABLE', 'LINE_REBUILDING']
/** Of our code or our machine, which nobody outside should be told. */
const inner = /node_modules|\/src\/|\.ts:\d+|at \w+ \(|ECONN|select .* from /i

const done = z.object({ result: z.object({}) })
const refused = z.object({ error: z.object({ data: z.object({ domain: z.unknown() }) }) })
const answers = z.union([done, refused])
/** What is refused before any procedure is looked for. */
const plainRefusal = z.object({ error: z.unknown() })

export type Verdict = { outcome: 'done' | 'refused'; fault: string | undefined }

/** Holds an answer to what every call promises: a result, or a refusal of ours that tells nothing of the inside. */
export function checkReply(status: number, body: string): Verdict {
  const fault = (what: string): Verdict => ({ outcome: 'refused', fault: `${what}: ${body.slice(0, 300)}` })
  const value = parseJson(body)
  if (value === undefined) return fault(`${status} is not JSON`)
  if (status < 400) {
    return done.safeParse(value).success
      ? { outcome: 'done', fault: undefined }
      : fault(`${status} has no result`)
  }
  // a result may hold what somebody typed; a refusal is all ours
  if (inner.test(body)) return fault(`${status} tells of its inside`)
  const code = codeOf(value)
  if (code === undefined) return fault(`${status} is no refusal of ours`)
  if (status >= 500 && !plannedOutages.includes(code)) return fault(`${status} ${code}`)
  return { outcome: 'refused', fault: undefined }
}

/** The same of a message on a WebSocket. */
export function checkMessage(body: string): Verdict {
  const value = parseJson(body)
  const isRefused = typeof value === 'object' && value !== null && 'error' in value
  const code = isRefused ? codeOf(value) : undefined
  const isPlanned = code === undefined || plannedOutages.includes(code)
  return checkReply(
    !isRefused ? 200 : code === 'INTERNAL' ? 500 : isPlanned && code !== undefined ? 503 : 400,
    body,
  )
}

function codeOf(value: unknown): string | undefined {
  const answer = answers.safeParse(value)
  if (answer.success && 'error' in answer.data) return parseWireError(answer.data.error.data.domain)?.code
  const plain = plainRefusal.safeParse(value)
  return plain.success ? parseWireError(plain.data.error)?.code : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
