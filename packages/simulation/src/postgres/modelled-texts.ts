import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Of each statement of the product the hash of the text that its model was written for, white space aside. */
const file = new URL('modelled-texts.json', import.meta.url)
const modelled = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
const checked = new Map<string, string>()
let isLearning = false

/** Refuses a statement whose text is not the one that was modelled: the model may say something else by now. */
export function requireModelled(name: string, text: string): void {
  if (checked.get(name) === text) return
  const hash = createHash('sha256').update(text.replaceAll(/\s+/g, ' ').trim()).digest('hex').slice(0, 16)
  if (isLearning) modelled[name] = hash
  else if (modelled[name] !== hash) {
    throw new Error(
      `the text of ${name} is not the one that was modelled: compare it with its model, then run pnpm simulate --accept-statements`,
    )
  }
  checked.set(name, text)
}

/** From now on every text is taken for the one that was modelled; `save` writes that down. */
export function learnTexts(): { save: () => void } {
  isLearning = true
  return {
    save: () => {
      const sorted = Object.fromEntries(
        Object.entries(modelled).sort(([one], [other]) => (one < other ? -1 : 1)),
      )
      writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
    },
  }
}
