import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { webhookEvent, webhookExamples } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { contractRoutes } from './contracts/index.ts'
import { openApiDocument } from './openapi-document.ts'
import { v1Routes } from './v1/index.ts'

const routes = [...v1Routes, ...contractRoutes]
const document = openApiDocument(routes, { publicOrigin: 'https://greenroom.example', contracts: 'open' })

test('the document keeps its own rules', async () => {
  expect(await lint(document)).toEqual([])
})

const planted: { rule: string; change: (found: Planted) => void }[] = [
  { rule: 'struct', change: ({ operation }) => (operation['tags'] = 'concerts') },
  {
    rule: 'rule/every-operation-says-how-it-answers',
    change: ({ operation }) => delete operation['security'],
  },
  {
    rule: 'rule/every-body-has-an-example',
    change: ({ operation }) =>
      (operation['responses'] = {
        200: { description: 'Done.', content: { 'application/json': { schema: { type: 'string' } } } },
      }),
  },
  { rule: 'operation-summary', change: ({ operation }) => delete operation['summary'] },
  { rule: 'security-defined', change: ({ operation }) => (operation['security'] = [{ nobody: [] }]) },
  {
    rule: 'operation-operationId-unique',
    change: ({ operation }) => (operation['operationId'] = 'listConcerts'),
  },
  { rule: 'operation-tag-defined', change: ({ operation }) => (operation['tags'] = ['nowhere']) },
  { rule: 'path-parameters-defined', change: ({ operation }) => (operation['parameters'] = []) },
  { rule: 'no-unresolved-refs', change: ({ schemas }) => delete schemas['ConcertPage'] },
  { rule: 'no-unused-components', change: ({ schemas }) => (schemas['Nobody'] = { type: 'string' }) },
  {
    rule: 'no-invalid-media-type-examples',
    change: ({ schemas }) => (schemas['ConcertPage'] = { type: 'string' }),
  },
]

test.for(planted)('a fault planted against $rule is found', async ({ rule, change }) => {
  const copy = structuredClone(document) as unknown as Copy
  const operation = copy.paths['/v1/concerts/{concertId}']?.['get']
  if (operation === undefined) throw new Error('there is no operation to plant a fault in')
  change({ operation, schemas: copy.components.schemas })
  expect(await lint(copy)).toContain(rule)
})

test('where contracts are not open, the document asks for the partner key at each of them', () => {
  const closed = openApiDocument(routes, { publicOrigin: 'https://greenroom.example', contracts: 'keys' })
  const keyless = contractRoutes.filter(({ path, method }) =>
    proofsOf(closed, path, method).some((proof) => !('partnerKey' in proof)),
  )
  expect(keyless.map(({ operationId }) => operationId)).toEqual([])
  const open = contractRoutes.filter(({ path, method }) =>
    proofsOf(document, path, method).every((proof) => 'partnerKey' in proof),
  )
  expect(open).toEqual([])
})

test('every event that is sent to a registered address is told of, with an example that fits and the headers that sign it', () => {
  const { webhooks = {} } = document
  expect(Object.keys(webhooks).toSorted()).toEqual(Object.keys(webhookExamples).toSorted())
  for (const [type, example] of Object.entries(webhookExamples)) {
    expect(webhookEvent.parse(example)).toEqual(example)
    expect(webhooks[type]?.post).toMatchObject({
      security: [],
      parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
        in: 'header',
        name,
        required: true,
      })),
      requestBody: { content: { 'application/json': { example } } },
    })
  }
})

type Shape = Record<string, unknown>
type Planted = { operation: Shape; schemas: Shape }
type Copy = { paths: Record<string, Record<string, Shape>>; components: { schemas: Shape } }

function proofsOf(told: object, path: string, method: string): object[] {
  const { paths } = told as Copy
  return (paths[path]?.[method.toLowerCase()]?.['security'] ?? []) as object[]
}

/** The rules that the linter of `pnpm check` finds broken, by name. */
async function lint(told: object): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-openapi-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(told))
  const cli = join(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js')
  const config = join(import.meta.dirname, '../../redocly.yaml')
  const run = promisify(execFile)(
    process.execPath,
    [cli, 'lint', '--config', config, '--format', 'json', file],
    {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  const { code, stdout } = await run.then(
    (done) => ({ code: 0, stdout: done.stdout }),
    (error: { code: number; stdout: string }) => error,
  )
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string }[] }
  if ((code === 0) !== (problems.length === 0))
    throw new Error(`exit code ${code} with ${problems.length} problems`)
  return [...new Set(problems.map(({ ruleId }) => ruleId))]
}
