import type { Role } from '@greenroom/contract'
import type { RateClass } from '@greenroom/core'
import type { AppRouter } from './app-router.ts'

/**
 * Whose things a call may touch.
 * `public`: nobody's, it reads what everybody may know.
 * `caller`: the caller's own, found by the session; the input names nothing that could be another's.
 * `reservation`, `payment`, `ticket`, `session`: the input names one; another's is NOT_FOUND, as one that is not there.
 * `pass`: the input holds a token of the line; another's is refused as not the caller's. An operator sees seats without one.
 * `operator`: anybody's.
 */
export type OwnerRule =
  | 'public'
  | 'caller'
  | 'reservation'
  | 'payment'
  | 'ticket'
  | 'session'
  | 'pass'
  | 'operator'

/** Who may call, how often (the class says), and whose things the call may touch. */
export type Guard = { role: Role | 'anyone'; rate: RateClass; owner: OwnerRule }

/** A guard for each procedure of a router of routers. */
export type GuardsOf<Router extends { _def: { record: object } }> = {
  [R in keyof Router['_def']['record']]: { [P in keyof Router['_def']['record'][R]]: Guard }
}

type GuardFor<R extends Guard['role']> = Guard & { role: R }

const anyone = (rate: RateClass, owner: 'public' | 'caller' = 'public'): GuardFor<'anyone'> => ({
  role: 'anyone',
  rate,
  owner,
})
const fan = (rate: RateClass, owner: OwnerRule): GuardFor<'fan'> => ({ role: 'fan', rate, owner })
const operator = (rate: 'look' | 'operate'): GuardFor<'operator'> => ({
  role: 'operator',
  rate,
  owner: 'operator',
})

/**
 * Every procedure, with its guard. One without a row does not compile, nor does a row without a procedure. The role and the rate
 * are kept by this very table, before anything of the input is read (`procedures.ts`); the owner rule by the verb, and proven for every
 * procedure, caller and object by the api's matrix.
 */
export const guards = {
  accounts: {
    signUp: anyone('signUp'),
    signIn: anyone('signIn'),
    signOut: anyone('act', 'caller'),
    signOutEverywhere: fan('act', 'caller'),
    sessions: fan('read', 'caller'),
    endSession: fan('act', 'session'),
    me: anyone('browse', 'caller'),
    updateMe: fan('act', 'caller'),
    changePassword: fan('password', 'caller'),
  },
  boxOffice: {
    findPayments: operator('look'),
    payment: operator('look'),
    refund: operator('operate'),
    cancelShow: operator('operate'),
    cancellations: operator('look'),
    retryCancellation: operator('operate'),
    scan: operator('operate'),
    gateCount: operator('look'),
  },
  catalogue: {
    concerts: anyone('browse'),
    concert: anyone('browse'),
    stock: anyone('browse'),
  },
  editor: {
    concerts: operator('look'),
    concert: operator('look'),
    plans: operator('look'),
    makeConcert: operator('operate'),
    editConcert: operator('operate'),
    rescheduleLine: operator('operate'),
    setPrice: operator('operate'),
    makeShow: operator('operate'),
    moveShow: operator('operate'),
    removeShow: operator('operate'),
    generatePlan: operator('operate'),
    previewPlan: operator('look'),
  },
  history: {
    findFan: operator('look'),
    timeline: operator('look'),
    audit: operator('look'),
    auditActions: operator('look'),
    failedJobs: operator('look'),
    retryJob: operator('operate'),
  },
  operator: {
    steerLine: operator('operate'),
    tuneLine: operator('operate'),
    admissionPace: operator('look'),
    load: operator('look'),
    lineGuards: operator('look'),
    guardLine: operator('operate'),
    tellLine: operator('operate'),
    bypassCodes: operator('look'),
    createBypassCode: operator('operate'),
    revokeBypassCode: operator('operate'),
    admitStaff: operator('operate'),
    invariants: operator('look'),
    resumeSale: operator('operate'),
  },
  partners: {
    createKey: operator('operate'),
    listKeys: operator('look'),
    revokeKey: operator('operate'),
  },
  payments: {
    pay: fan('pay', 'reservation'),
    refund: fan('pay', 'reservation'),
    get: fan('read', 'payment'),
    list: fan('read', 'caller'),
  },
  reservations: {
    hold: fan('act', 'pass'),
    holdBest: fan('act', 'pass'),
    release: fan('act', 'reservation'),
    get: fan('read', 'reservation'),
    list: fan('read', 'caller'),
    live: fan('read', 'caller'),
  },
  sales: {
    live: operator('look'),
    history: operator('look'),
  },
  seats: {
    snapshot: fan('read', 'pass'),
    list: fan('read', 'pass'),
    changes: fan('read', 'pass'),
  },
  tickets: {
    list: fan('read', 'caller'),
    get: fan('read', 'ticket'),
    keys: anyone('browse'),
    admit: operator('operate'),
  },
  waitingRoom: {
    join: fan('act', 'pass'),
    status: fan('read', 'pass'),
    enter: fan('act', 'pass'),
    leave: fan('act', 'caller'),
    useCode: fan('act', 'caller'),
    progress: anyone('browse'),
    onEntry: fan('read', 'caller'),
  },
  wallet: {
    balance: fan('read', 'caller'),
    charge: fan('pay', 'caller'),
    statement: fan('read', 'caller'),
  },
  webhooks: {
    register: operator('operate'),
    list: operator('look'),
    switch: operator('operate'),
    remove: operator('operate'),
    rotateSecret: operator('operate'),
    sendTest: operator('operate'),
    deliveries: operator('look'),
    replay: operator('operate'),
    replayDead: operator('operate'),
  },
} as const satisfies GuardsOf<AppRouter>

const byPath: ReadonlyMap<string, Guard> = new Map(
  Object.entries(guards).flatMap(([router, procedures]) =>
    Object.entries(procedures).map(([procedure, guard]): [string, Guard] => [
      `${router}.${procedure}`,
      guard,
    ]),
  ),
)

/** Of a procedure of ours by its path; `undefined` for one that another program added to the router. */
export function guardOf(path: string): Guard | undefined {
  return byPath.get(path)
}
