import { mutantsOf } from './mutant.ts'

const charges = 'charge-together.int.test.ts'

/** What many charges in one transaction need beyond what each needs alone. */
export const chargeTogetherMutants = [
  ...mutantsOf('packages/core/src/wallet', [
    {
      name: 'charge-together-in-order',
      guard: 'charges of one wallet are told balances that another order would have',
      file: 'charge-store.ts',
      without: { 'over (partition by fan_id order by nth)': 'over (partition by fan_id order by nth desc)' },
      test: {
        file: charges,
        name: 'a hundred charges of one wallet at once are answered as if they had come one after the other',
      },
    },
    {
      name: 'charge-together-locks-wallets',
      guard: 'a charge tells a balance that another transaction has changed meanwhile',
      file: 'charge-store.ts',
      without: { 'order by account_id for no key update': 'order by account_id' },
      test: {
        file: charges,
        name: 'charges that waited for another transaction of the same wallet tell the balance as that one left it',
      },
    },
    {
      name: 'charge-together-wallets-in-order',
      guard: 'two transactions that charge the same wallets wait for each other',
      file: 'charge-store.ts',
      without: { 'order by account_id for no key update': 'order by account_id desc for no key update' },
      test: {
        file: charges,
        name: 'wallets that are charged together are locked in the order of their fans',
      },
    },
    {
      name: 'charge-together-later-ones-wait',
      guard: 'a charge overtakes one of the same wallet that came before it',
      file: 'charge.ts',
      without: { 'maxRunning: 1,': 'maxRunning: 2,' },
      test: { file: charges, name: 'a charge that came later is not made before one that waits' },
    },
    {
      name: 'charge-together-has-the-other-side',
      guard: 'a wallet is charged with money that comes from nowhere',
      file: 'charge-store.ts',
      without: {
        "join wallets house on house.kind = 'outside' and house.currency = wallet.currency":
          "left join wallets house on house.kind = 'outside' and house.currency = wallet.currency",
        'from told order by': 'from told where house_id > 0 order by',
      },
      test: { file: charges, name: 'a wallet that no house has the other side for is charged nothing' },
    },
    {
      name: 'key-together-in-order',
      guard: 'two transactions that claim the same keys wait for each other',
      file: 'idempotency-store.ts',
      without: { 'order by fan_id, key\n': 'order by fan_id desc, key\n' },
      test: { file: charges, name: 'keys that are claimed together are claimed in their order' },
    },
    {
      name: 'together-fails-alone',
      guard: 'one command that fails its transaction fails all that are in it',
      file: 'do-together.ts',
      without: { 'if (sqlState(error) === undefined) throw error': 'if (error !== undefined) throw error' },
      test: { file: charges, name: 'a charge that fails its transaction fails alone' },
    },
    {
      name: 'charge-together-below-the-limit',
      guard: 'a charge among others lifts a balance above the limit',
      file: 'charge-store.ts',
      without: { 'and most between 0 and $4::bigint': 'and $4::bigint > 0' },
      test: { file: charges, name: 'a charge that cannot be made takes nobody along, and its key is free' },
    },
    {
      name: 'key-together-has-one-effect',
      guard: 'a repeated charge counts twice when it comes with others',
      file: 'claim-keys.ts',
      without: {
        'return all.filter(({ attempt: { fanId, key } }) => keys.has(`${fanId}:${key}`))':
          'return keys.size < 0 ? [] : [...all]',
      },
      test: { file: charges, name: 'the same charge again, in the same turn and later, is one charge' },
    },
  ]),
]
