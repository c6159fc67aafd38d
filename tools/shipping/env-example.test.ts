import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnvExample, root } from './env-example.ts'
import { namesReadBy, needed, readers } from './settings-readers.ts'

const documented = readEnvExample()

test('every setting that a process reads is in .env.example, with who reads it, and nothing else is', () => {
  const read = new Map<string, string[]>()
  for (const reader of Object.keys(readers)) {
    for (const name of namesReadBy(reader)) read.set(name, [...(read.get(name) ?? []), reader])
  }
  for (const name of composeNames().keys()) read.set(name, [...(read.get(name) ?? []), 'compose'])
  const told = documented.map(({ name, readers: by }) => `${name}: ${by.toSorted().join(' ')}`)
  const true_ = [...read].map(([name, by]) => `${name}: ${by.toSorted().join(' ')}`)
  expect(told.toSorted()).toEqual(true_.toSorted())
})

test('each is told once, in words', () => {
  expect(new Set(documented.map(({ name }) => name)).size).toBe(documented.length)
  for (const { says } of documented) expect(says.length).toBeGreaterThan(25)
})

test.each(['core', 'api', 'gateway', 'worker'])(
  'what .env.example gives as defaults are the defaults of %s: said aloud they change nothing',
  (reader) => {
    const names = new Set([...namesReadBy(reader), ...namesReadBy('core')])
    const defaults = documented.filter(({ name, value }) => names.has(name) && value !== '')
    expect(defaults.length).toBeGreaterThan(3)
    const said = Object.fromEntries(defaults.map(({ name, value }) => [name, value]))
    expect(readers[reader]?.({ ...needed, ...said })).toEqual(readers[reader]?.(needed))
  },
)

test('docker-compose.yml has the same defaults', () => {
  for (const [name, fallback] of composeNames()) {
    expect({ name, fallback }).toEqual({
      name,
      fallback: documented.find((each) => each.name === name)?.value,
    })
  }
})

test('a setting that nobody reads, one that is missing and a wrong default are seen', () => {
  const planted = readEnvExample('# Nobody reads this one, it was forgotten. [api]\n# FORGOTTEN=1\n')
  expect(planted).toEqual([expect.objectContaining({ name: 'FORGOTTEN', value: '1', readers: ['api'] })])
  expect(namesReadBy('api').has('FORGOTTEN')).toBe(false)
  expect(namesReadBy('gateway').has('GATEWAY_MAX_SOCKETS')).toBe(true)
  expect(readers['gateway']?.({ ...needed, GATEWAY_MAX_SOCKETS: '19999' })).not.toEqual(
    readers['gateway']?.(needed),
  )
})

/** What docker-compose.yml takes from `.env`, each with what it says without. */
function composeNames(): Map<string, string> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  const found = [...text.matchAll(/\$\{([A-Z_]+)(?::-([^}]*))?\}/g)]
  return new Map(found.map(([, name = '', fallback = '']) => [name, fallback]))
}
