import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import type { LookupFunction } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { lookUpBy } from './look-up-name.ts'

/** A name server that knows these addresses of every name, or is silent; how often it was asked. */
async function startNameServer(
  four: string[] | 'silent',
): Promise<{ lookUp: LookupFunction; asked: () => number }> {
  const socket = createSocket('udp4')
  let asked = 0
  socket.on('message', (question, { address, port }) => {
    asked++
    if (four === 'silent') return
    // type A is 1; of anything else there is nothing
    const known = question.readUInt16BE(question.indexOf(0, 12) + 1) === 1 ? four : []
    const head = Buffer.from(question.subarray(0, question.indexOf(0, 12) + 5))
    head.writeUInt16BE(0x81_80, 2)
    head.writeUInt32BE((1 << 16) | known.length, 4)
    head.writeUInt32BE(0, 8)
    const lines = known.map((each) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...each.split('.').map(Number)]),
    )
    socket.send(Buffer.concat([head, ...lines]), port, address)
  })
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void socket.close())
  const resolver = new Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return { lookUp: lookUpBy(resolver), asked: () => asked }
}

const ask = (lookUp: LookupFunction, name: string, all = true): Promise<unknown> =>
  new Promise((resolve) => {
    lookUp(name, { all }, (error, address, family) =>
      resolve(error?.code ?? (all ? address : [address, family])),
    )
  })

test('the addresses of a name are found, all of them or the first, and those of none are none', async () => {
  const { lookUp } = await startNameServer(['203.0.113.7', '10.0.0.1'])
  expect(await ask(lookUp, 'partner.example')).toEqual([
    { address: '203.0.113.7', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ])
  expect(await ask(lookUp, 'partner.example', false)).toEqual(['203.0.113.7', 4])
  expect(await ask((await startNameServer([])).lookUp, 'nobody.example')).toBe('ENODATA')
})

test('this machine is known by name, without asking, so that it can be refused', async () => {
  const { lookUp, asked } = await startNameServer(['203.0.113.7'])
  for (const name of ['localhost', 'hook.localhost'])
    expect(await ask(lookUp, name)).toEqual([{ address: '127.0.0.1', family: 4 }])
  expect(asked()).toBe(0)
})

test('while a name server is silent, other names are found and files are read', async () => {
  const [silent, good] = [await startNameServer('silent'), await startNameServer(['203.0.113.7'])]
  let over = 0
  // more than the process has threads
  const hanging = Array.from({ length: 8 }, async () => {
    expect(await ask(silent.lookUp, 'dead.example')).toBe('ETIMEOUT')
    over++
  })
  await expect.poll(silent.asked, { interval: 5 }).toBeGreaterThanOrEqual(8)
  expect(await ask(good.lookUp, 'partner.example')).toHaveLength(1)
  expect(await readFile(import.meta.filename, 'utf8')).not.toBe('')
  expect(over).toBe(0)
  await Promise.all(hanging)
})
