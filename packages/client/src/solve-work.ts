import type { WorkChallenge } from '@greenroom/contract'
import { puzzleBits, puzzlesPerChallenge } from '@greenroom/contract/plain'
import { sha256 } from '@noble/hashes/sha2.js'

/** Puzzles done, of all. */
export type WorkProgress = (done: number, all: number) => void
/**
 * Solves a challenge and gives the proof to join with. Rejects with the signal's reason. `answers`: those of the first puzzles that
 * were found before; each that is found is added before `onProgress`, so that who keeps them can go on later.
 */
export type SolveWork = (
  challenge: WorkChallenge,
  options?: { onProgress?: WorkProgress; signal?: AbortSignal; answers?: number[] },
) => Promise<string>

/** Tries before others have their turn: about 5 ms. */
const triesPerTurn = 4_000

/**
 * Solves a challenge in turns of a few ms, so that what else runs here goes on: 2^18 tries take a quarter of a second on a
 * desktop and a second or two on a phone. A page does it in a worker, by the same function.
 */
export const solveWork: SolveWork = async (challenge, { onProgress, signal, answers = [] } = {}) => {
  const seed = base64url(sha256(bytesOf(challenge.challenge)))
  for (let puzzle = answers.length; puzzle < puzzlesPerChallenge; puzzle++) {
    const text = bytesOf(`${seed}${puzzle}`)
    for (let from = 0, answer = -1; answer < 0; from += triesPerTurn) {
      signal?.throwIfAborted()
      answer = findAnswer(text, puzzleBits(challenge.bits), from, from + triesPerTurn)
      if (answer >= 0) answers.push(answer)
      else await nextTurn()
    }
    onProgress?.(answers.length, puzzlesPerChallenge)
  }
  return `${challenge.challenge}:${answers.join(',')}`
}

/** The first number from `from` on whose digits after `text` give a hash with so many zero bits in front; -1: none before `until`. */
function findAnswer(text: Uint8Array, bits: number, from: number, until: number): number {
  const input = new Uint8Array(text.length + 10)
  input.set(text)
  for (let answer = from; answer < until; answer++) {
    const length = text.length + writeDigits(input, text.length, answer)
    const [a = 255, b = 255, c = 255, d = 255] = sha256(input.subarray(0, length))
    if (Math.clz32((a << 24) | (b << 16) | (c << 8) | d) >= bits) return answer
  }
  return -1
}

function writeDigits(bytes: Uint8Array, at: number, number: number): number {
  const digits = String(number)
  for (let place = 0; place < digits.length; place++) bytes[at + place] = digits.charCodeAt(place)
  return digits.length
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
