/**
 * Guards of the product that a run may be without, to see that the simulation notices. A switch of the simulation alone:
 * the product has none of it.
 */
export const plantedBugs = {
  'no-fence': 'whoever sells or ends seats does not look whose they are',
  'no-lock-order': 'seats are locked in any order',
  'no-row-locks': 'seats are not locked, and taken whatever they are',
  'no-version-merge': 'events are published in any order, and readers take what comes last for the newest',
  'no-epoch-check': 'scripts do not ask which Redis process wrote the line',
  'no-idempotency-row': 'a key is free however often it is used',
  'expiry-without-condition': 'an expiry job ends a hold whose time is not over',
  'join-without-look': 'a fan who joins again gets another place',
  'admit-without-count': 'the line lets in without counting who is inside',
  'pay-without-state': 'a reservation is sold whatever its state, and its transfer is not unique',
  'pass-not-spent': 'a payment does not note which place it spends',
  'outbox-after-commit': 'a change of seats may be committed without its outbox row',
  'commit-not-kept': 'now and then a COMMIT is answered and nothing of it is kept',
  'balance-not-checked': 'a payment does not look at what the wallet holds',
} as const

export type PlantedBug = keyof typeof plantedBugs
