import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = import.meta.dirname

/** Every mutation that the console sends, and the word of the question that it is asked about with. */
const questions: Record<string, string> = {
  'boxOffice.cancelShow': 'cancel_show_title',
  'boxOffice.refund': 'operator_refund_title',
  'boxOffice.retryCancellation': 'cancel_retry_title',
  'editor.editConcert': 'editor_edit_text',
  'editor.generatePlan': 'editor_plan_keep_text',
  'editor.makeConcert': 'editor_new_text',
  'editor.makeShow': 'editor_show_text',
  'editor.moveShow': 'editor_move_show_text',
  'editor.removeShow': 'editor_remove_show_text',
  'editor.rescheduleLine': 'editor_clock_text',
  'editor.setPrice': 'editor_price_text',
  'history.retryJob': 'job_retry_title',
  'operator.admitStaff': 'let_in_title',
  'operator.createBypassCode': 'bypass_code_create_title',
  'operator.guardLine': 'guards_confirm_title',
  'operator.resumeSale': 'sale_resume_title',
  'operator.revokeBypassCode': 'bypass_code_revoke_title',
  'operator.steerLine': 'steer_close_title',
  'operator.tellLine': 'tell_line_title',
  'operator.tuneLine': 'tune_title',
  'partners.createKey': 'key_create_title',
  'partners.revokeKey': 'key_revoke_title',
  'webhooks.register': 'webhook_register_title',
  'webhooks.remove': 'webhook_remove_title',
  'webhooks.replay': 'delivery_replay_title',
  'webhooks.replayDead': 'webhook_replay_title',
  'webhooks.rotateSecret': 'webhook_rotate_title',
  'webhooks.sendTest': 'webhook_test_title',
  'webhooks.switch': 'webhook_off_title',
}

/** What changes something, or looks as if it did, and is not asked about: why. */
const unasked: Record<string, string> = {
  'boxOffice.scan': 'a gate lets in at once, and a queue stands behind each question',
}

type Use = { procedure: string; file: string; sentBy: string | undefined }

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))

/** Each place that sends a mutation, with what it is written in: the nearest handler before it. */
function usesOf({ file, text }: { file: string; text: string }): Use[] {
  const named = [
    ...text.matchAll(/const (\w+) = useMutation\(\s*(?:\/\/.*\s*)?api\.(\w+\.\w+)\.mutationOptions/g),
  ]
  const procedureOf = new Map(named.map(([, name = '', procedure = '']) => [name, procedure]))
  const calls = [...text.matchAll(/(greenroom\.api\.)?([\w.]+)\.mutate(?:Async)?\(/g)]
  return calls.flatMap(({ 1: direct, 2: target = '', index }) => {
    const procedure = direct === undefined ? procedureOf.get(target) : target
    const handlers = [
      ...text.slice(0, index).matchAll(/\b(onConfirm|run|on[A-Z]\w+|mutationFn|useEffect)\b/g),
    ]
    return procedure === undefined ? [] : [{ procedure, file, sentBy: handlers.at(-1)?.[1] }]
  })
}

const uses = files.flatMap(usesOf)

test('every mutation of the console has its question, or a reason why there is none', () => {
  const known = [...Object.keys(questions), ...Object.keys(unasked)].toSorted()
  expect([...new Set(uses.map(({ procedure }) => procedure))].toSorted()).toEqual(known)
  // and none is made in a way that the search above does not see
  const made = files.flatMap(({ text }) => [
    ...text.matchAll(/api\.(\w+\.\w+)\.(?:mutationOptions|mutate\b)/g),
  ])
  expect([...new Set(made.map(([, procedure = '']) => procedure))].toSorted()).toEqual(known)
})

test('it is sent by the answer to that question alone', () => {
  const asked = uses.filter(({ procedure }) => unasked[procedure] === undefined)
  for (const { procedure, file, sentBy } of asked)
    expect({ procedure, file, isAnswer: isAnswer(file, sentBy) }).toEqual({ procedure, file, isAnswer: true })
  // a plan is too large for a procedure: it goes to a route of its own
  const keeping = files.filter(({ text }) => text.includes("sendSeatPlan('keep'"))
  expect(keeping.map(({ text }) => /\brun: async [^}]*sendSeatPlan\('keep'/.test(text))).toEqual([true])
  const words = files.map(({ text }) => text).join('\n')
  for (const word of Object.values(questions)) expect(words).toContain(`m.${word}`)
})

/** `run` is what `useConfirmed` does after a yes; a refund's `mutationFn` is of the mutation that its dialog sends. */
function isAnswer(file: string, sentBy: string | undefined): boolean {
  return (
    sentBy === 'onConfirm' ||
    sentBy === 'run' ||
    (file.endsWith('refund-form.tsx') && sentBy === 'mutationFn')
  )
}
