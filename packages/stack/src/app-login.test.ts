import { expect, test } from 'vitest'
import { appUrlOf } from './app-login.ts'

test('the processes reach the same database as a login of their own, with a password that tells nothing of the owner’s', () => {
  const url = new URL(appUrlOf('postgres://greenroom:hush@db.example:5433/sales?sslmode=require'))
  expect({ ...pick(url), search: url.search }).toEqual({
    username: 'greenroom_app',
    host: 'db.example:5433',
    pathname: '/sales',
    search: '?sslmode=require',
  })
  expect(url.password).toMatch(/^[\w-]{43}$/)
  expect(url.href).not.toContain('hush')
})

test('it is the same for the same owner, another for another password, and stays when taken again', () => {
  const first = appUrlOf('postgres://greenroom:hush@db/sales')
  expect(appUrlOf('postgres://greenroom:hush@db/sales')).toBe(first)
  expect(appUrlOf('postgres://greenroom:other@db/sales')).not.toBe(first)
  expect(appUrlOf(first)).toBe(first)
})

test('where the owner needs no password, neither does it', () => {
  expect(appUrlOf('postgres://greenroom@db/sales')).toBe('postgres://greenroom_app@db/sales')
})

function pick({ username, host, pathname }: URL): object {
  return { username, host, pathname }
}
