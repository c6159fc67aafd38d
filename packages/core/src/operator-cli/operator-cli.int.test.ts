import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { signUp } from '../accounts/index.ts'
import { ownerUrlOf } from '../testing/as-owner.ts'
import { listAudit } from '../testing/list-audit.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()

type Ran = { code: number; stdout: string; stderr: string }

function operator(...args: string[]): Promise<Ran> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const env = { ...process.env, DATABASE_OWNER_URL: ownerUrlOf(deps) }
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

const signUpAs = (name: string) =>
  signUp(deps, {
    email: `${name.toLowerCase()}@greenroom.example`,
    password: 'a long password',
    name,
    locale: 'en',
  })

test('an operator is made, listed and unmade, each change once in the audit, under the name of the command', async () => {
  // one after the other: the list has the first one first
  await signUpAs('Ada')
  await signUpAs('Bo')
  expect(await operator('list')).toMatchObject({ code: 0, stdout: 'no operators yet\n' })
  expect(await operator('grant', 'Ada@Greenroom.Example')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('ada@greenroom.example (Ada) is an operator, and'),
  })
  expect(await operator('grant', 'ada@greenroom.example')).toMatchObject({
    code: 0,
    stdout: 'ada@greenroom.example is an operator already\n',
  })

  const last = await operator('revoke', 'ada@greenroom.example')
  expect(last).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('is the last operator') })
  expect(last.stderr).not.toContain('    at ')

  await operator('grant', 'bo@greenroom.example')
  const { stdout } = await operator('list')
  expect(stdout.match(/\w+@greenroom\.example {2}\(\w+\)/g)).toEqual([
    'ada@greenroom.example  (Ada)',
    'bo@greenroom.example  (Bo)',
  ])
  expect(await operator('revoke', 'ada@greenroom.example')).toMatchObject({
    code: 0,
    stdout: 'ada@greenroom.example (Ada) is a fan again; 1 of their sessions ended\n',
  })
  expect(await operator('revoke', 'ada@greenroom.example')).toMatchObject({
    code: 0,
    stdout: 'ada@greenroom.example is no operator\n',
  })
  const told = await listAudit(deps)
  expect(told.map(({ action, command, actorEmail }) => [action, command, actorEmail])).toEqual([
    ['operator.revoke', 'operator revoke', null],
    ['operator.grant', 'operator grant', null],
    ['operator.grant', 'operator grant', null],
  ])
})

test.each([
  [['grant', 'nobody@greenroom.example'], 'nobody signed up with that e-mail'],
  [['revoke', 'nobody@greenroom.example'], 'nobody signed up with that e-mail'],
  [['grant'], "missing required argument 'email'"],
  [['promote', 'ada@greenroom.example'], "unknown command 'promote'"],
])('%j is one clear refusal and a non-zero exit', async (args, message) => {
  const refused = await operator(...args)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain(message)
  expect(refused.stderr).not.toContain('    at ')
})
