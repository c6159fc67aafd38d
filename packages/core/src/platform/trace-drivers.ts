import { Redis } from 'ioredis'
import pg from 'pg'
import { beginChildSpan } from './trace.ts'

/**
 * From now on each statement and each command that is sent on behalf of something that is traced is a span, whoever sends it:
 * stores, Sequelize, BullMQ. Parameters and keys are left out; a statement is told by its name or first word.
 */
export function traceDrivers(): void {
  wrap(pg.Client.prototype, 'query', (query, self, args) => {
    const name = nameOfStatement(args[0])
    const end = beginChildSpan(name, {
      kind: 'CLIENT',
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': name },
    })
    const callback = args.at(-1)
    // whoever brings a callback is told by it alone
    const told =
      typeof callback === 'function'
        ? [
            ...args.slice(0, -1),
            (...answer: unknown[]): unknown => {
              end(answer[0])
              return Reflect.apply(callback, undefined, answer)
            },
          ]
        : args
    return endWith(Reflect.apply(query, self, told), end)
  })
  wrap(Redis.prototype, 'sendCommand', (send, self, args) => {
    const name = nameOfCommand(args[0])
    const end = beginChildSpan(name, {
      kind: 'CLIENT',
      attributes: { 'db.system.name': 'redis', 'db.operation.name': name },
    })
    return endWith(Reflect.apply(send, self, args), end)
  })
}

type AnyFunction = (...args: unknown[]) => unknown

/** Replaces a method by one that is handed the old one. */
function wrap(
  prototype: object,
  method: string,
  around: (old: AnyFunction, self: unknown, args: unknown[]) => unknown,
): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a method of a library's class, called as it was
  const old = Reflect.get(prototype, method) as AnyFunction
  Reflect.set(prototype, method, function traced(this: unknown, ...args: unknown[]) {
    return around(old, this, args)
  })
}

/** The answer itself goes to whoever asked, with its failure. */
function endWith(answer: unknown, end: (error?: unknown) => void): unknown {
  if (answer instanceof Promise) answer.then(() => end(), end)
  return answer
}

function nameOfStatement(asked: unknown): string {
  const name: unknown = asked instanceof Object ? Reflect.get(asked, 'name') : undefined
  if (typeof name === 'string' && name !== '') return name
  const text: unknown = asked instanceof Object ? Reflect.get(asked, 'text') : asked
  return (typeof text === 'string' ? /[a-z]+/i.exec(text)?.[0].toLowerCase() : undefined) ?? 'statement'
}

function nameOfCommand(asked: unknown): string {
  const name: unknown = asked instanceof Object ? Reflect.get(asked, 'name') : undefined
  return typeof name === 'string' ? name.toUpperCase() : 'COMMAND'
}
