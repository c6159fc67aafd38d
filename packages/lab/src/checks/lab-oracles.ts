import type { Violation } from '@greenroom/oracles'

/** What the lab asks besides the oracles of the database and of histories: each with what it says. */
export const labOracles = {
  'seat-linearizable':
    'All calls for a seat can be put in one order in which each answer makes sense, by when they were made.',
  'all-becomes-quiet':
    'Within 30 s of the last fault everything is published and numbered, no hold is past its time, no job waits.',
  'everything-comes-back': 'Whatever was broken lives again within 90 s of being mended.',
  'nobody-hangs': 'Every call of every fan comes to an end, and nothing unforeseen comes of it.',
  'watching-goes-on': 'A fan who only looks can look for as long as the sale lasts.',
  'repeat-gets-first-reply': 'A payment that is sent again is answered as the first time, to the letter.',
  'no-false-alarm': "The product's own check, each minute, finds nothing broken, whatever the faults.",
  'no-show-is-stopped': 'No show sells nothing because the product took it for broken.',
} as const satisfies Record<string, string>

export function labViolation(oracle: keyof typeof labOracles, fault: string): Violation {
  return { oracle, fault }
}
