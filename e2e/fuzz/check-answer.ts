import { parseWireError } from '@greenroom/contract'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ApiDocument, Operation } from './read-document.ts'
import type { Answer } from './send-request.ts'

/** What is wrong with an answer, or nothing. */
export type CheckAnswer = (operation: Operation, answer: Answer) => string | undefined

/** Servers may be busy or without a part; anything else from 500 on was not planned. */
const plannedOutages = ['OVERLOADED', 'UNAVAILABLE', 'LINE_REBUILDING']
/** Said of a request before it is one of any operation: its head is too long, or its body does not come. */
const beforeOperations: Readonly<Record<number, string>> = { 431: 'BAD_INPUT', 408: 'OVERLOADED' }
/** Of our code or our machine, which nobody outside should be told. */
const inner = /node_modules|\/src\/|\.ts:\d+|at \w+ \(|ECONN|select .* from /i

/** Holds answers to the document: the status is one that the operation says it answers, the body fits, a refusal is one of ours. */
export function openChecker(document: ApiDocument): CheckAnswer {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema(document.text, 'openapi')
  const compiled = new Map<string, ValidateFunction>()
  const validatorAt = (pointer: string): ValidateFunction => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi${pointer}` })
    compiled.set(pointer, validate)
    return validate
  }
  return (operation, { status, headers, body }) => {
    if (inner.test(body)) return `tells of its inside: ${body.slice(0, 300)}`
    const refusal = status >= 400 ? parseWireError(readError(body)) : undefined
    if (status >= 400 && refusal === undefined)
      return `${status} is no refusal of ours: ${body.slice(0, 300)}`
    if (status >= 500 && !plannedOutages.includes(refusal?.code ?? '')) return `${status} ${refusal?.code}`
    if (refusal !== undefined && beforeOperations[status] === refusal.code) return undefined
    const pointer = operation.answers.get(status)
    if (pointer === undefined) return `${status} ${refusal?.code ?? ''} is not in the document`
    if (pointer === null) return body === '' ? undefined : `${status} has a body: ${body.slice(0, 300)}`
    const type = String(headers['content-type'])
    if (!type.startsWith('application/json')) return `${status} is ${type}`
    const value = parseJson(body)
    if (value === undefined) return `${status} is not JSON: ${body.slice(0, 300)}`
    const validate = validatorAt(pointer)
    if (validate(value.json)) return undefined
    const fault = refusal?.code ?? `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message}`
    return `${status} does not fit the document (${fault}): ${body.slice(0, 300)}`
  }
}

function readError(body: string): unknown {
  const value = parseJson(body)?.json
  return typeof value === 'object' && value !== null && 'error' in value ? value.error : undefined
}

function parseJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
