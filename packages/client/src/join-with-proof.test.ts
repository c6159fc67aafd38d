import { concertId, type Challenge, DomainError, type LineStatus } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { joinWithProof } from './join-with-proof.ts'
import { solveWork } from './solve-work.ts'

const concert = concertId.parse(1)
const challenge = { kind: 'work', challenge: 'a.b.c', bits: 8, expiresAtMs: 1 } as const satisfies Challenge
const required = new DomainError('CHALLENGE_REQUIRED', { challenge })
const refused = new DomainError('CHALLENGE_REFUSED', { reason: 'expired' })
// the answer is handed on, nothing reads it
const status = { fanId: 7 } as LineStatus

/** A server that answers each join in turn, and what it was sent. */
function serverOf(answers: (LineStatus | Error)[]) {
  const sent: (string | undefined)[] = []
  const mutate = async ({ proof }: { proof?: string | undefined }): Promise<LineStatus> => {
    sent.push(proof)
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked once too often')
    return await Promise.resolve(answer)
  }
  const api = { waitingRoom: { join: { mutate } } }
  return { api, sent }
}

describe('joining a line that asks newcomers for something', () => {
  test('solves what the refusal carries and joins with the proof', async () => {
    const { api, sent } = serverOf([required, status])
    expect(await joinWithProof(api, { concertId: concert }, () => Promise.resolve('proof'))).toBe(status)
    expect(sent).toEqual([undefined, 'proof'])
  })

  test('asks for nothing where nothing is asked', async () => {
    const { api, sent } = serverOf([status])
    await joinWithProof(api, { concertId: concert }, () => Promise.reject(new Error('not asked for')))
    expect(sent).toEqual([undefined])
  })

  test('begins again with another challenge when a proof is refused, three times at most', async () => {
    const { api, sent } = serverOf([required, refused, required, refused, required, refused, required])
    let solved = 0
    const joined = joinWithProof(api, { concertId: concert }, () => Promise.resolve(`proof ${++solved}`))
    await expect(joined).rejects.toMatchObject({ code: 'CHALLENGE_REFUSED' })
    expect(sent).toEqual([undefined, 'proof 1', undefined, 'proof 2', undefined, 'proof 3'])
  })

  test('hands on every other refusal', async () => {
    const { api } = serverOf([required, new DomainError('ADDRESS_CROWDED', { limit: 2 })])
    const joined = joinWithProof(api, { concertId: concert }, () => Promise.resolve('proof'))
    await expect(joined).rejects.toMatchObject({ code: 'ADDRESS_CROWDED' })
  })
})

describe('work', () => {
  test('gives eight answers that the same text gives again, tells how far it is, and lets others run meanwhile', async () => {
    const told: number[] = []
    let turns = 0
    const others = setInterval(() => turns++)
    const proof = await solveWork({ ...challenge, bits: 16 }, { onProgress: (done) => told.push(done) })
    clearInterval(others)
    expect(proof).toMatch(/^a\.b\.c:(\d+,){7}\d+$/)
    expect(await solveWork({ ...challenge, bits: 16 })).toBe(proof)
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(turns).toBeGreaterThan(0)
  })

  test('goes on from the answers that were found before, and adds those that it finds', async () => {
    const answers: number[] = []
    const proof = await solveWork({ ...challenge, bits: 12 }, { answers })
    expect(proof).toBe(`a.b.c:${answers.join(',')}`)
    const begun = answers.slice(0, 5)
    const told: number[] = []
    const onProgress = (done: number): void => void told.push(done)
    expect(await solveWork({ ...challenge, bits: 12 }, { answers: begun, onProgress })).toBe(proof)
    expect(told).toEqual([6, 7, 8])
    expect(begun).toEqual(answers)
    expect(await solveWork({ ...challenge, bits: 12 }, { answers })).toBe(proof)
  })

  test('stops when nobody wants it any more', async () => {
    const stop = new AbortController()
    const solving = solveWork({ ...challenge, bits: 24 }, { signal: stop.signal })
    stop.abort(new Error('left'))
    await expect(solving).rejects.toThrow('left')
  })
})
