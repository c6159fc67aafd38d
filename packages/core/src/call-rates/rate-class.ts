/**
 * How often one caller may call, in a minute: an account whose session says who it is, else an address (an IPv6 network of
 * 64 bits). An address is a household, an office or a mobile network, with many people behind it: it may do more. Every procedure
 * and route says its class, in the tables of guards.
 */
export type RateClass = keyof typeof rateClasses

/** `isAddressToo`: whoever has an account is counted by address as well, since what is asked for is another account. */
export type Rate = { perAccount: number; perAddress: number; isAddressToo?: boolean }

export const rateClasses = {
  /** What is public and cached. A page asks some ten of them when it opens. */
  browse: { perAccount: 1_200, perAddress: 12_000 },
  /** What is the caller's own, the line's numbers and seats. A client that has no socket asks once a second. */
  read: { perAccount: 1_200, perAddress: 1_200 },
  /** What changes something. A fan in a hurry tries another seat every second. */
  act: { perAccount: 300, perAddress: 3_000 },
  /** What moves money. */
  pay: { perAccount: 60, perAddress: 60 },
  /** Each hashes a password, 20 ms of a core. Guessing has limits of its own beside this. */
  signIn: { perAccount: 60, perAddress: 600, isAddressToo: true },
  /** Each makes rows for ever. A mobile network's fans who come for one sale make a few a second. */
  signUp: { perAccount: 10, perAddress: 120, isAddressToo: true },
  /** What asks for the password of a session that is open already. */
  password: { perAccount: 10, perAddress: 10 },
  /** Partner keys that a process has not seen to be right: each costs a statement. A key that is right is such a one once. */
  partnerKey: { perAccount: 120, perAddress: 120 },
  /** What operators look at. The console asks every second, in several windows. */
  look: { perAccount: 2_400, perAddress: 60 },
  /** What operators change. A gate scans a ticket a second, and several gates have one account. */
  operate: { perAccount: 1_200, perAddress: 60 },
} as const satisfies Record<string, Rate>
