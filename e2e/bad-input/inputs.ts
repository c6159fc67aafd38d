import type { Api } from '@greenroom/client'

/** What a field takes. */
export type Kind =
  | 'id'
  | 'ids'
  | 'idsOrNull'
  | 'number'
  | 'numberOrNull'
  | 'text'
  | 'note'
  | 'address'
  | 'choice'
  | 'choices'
  | 'yesOrNo'
  | 'message'
  | 'parts'
  | 'anyParts'
export type Method = 'query' | 'mutate' | 'subscribe'
/** Every field of an input, with its kind; a question mark where it may be left out. */
type Fields<Call> = Call extends (input: infer Input, ...rest: never[]) => unknown
  ? [undefined] extends [Input]
    ? Record<string, never>
    : { [F in keyof Input]-?: undefined extends Input[F] ? `${Kind}?` : Kind }
  : never
/** A procedure or a field without a row here, or a row without a procedure, does not compile. */
type Inputs = {
  [R in keyof Api & string]: {
    [P in keyof Api[R] & string]: {
      [M in keyof Api[R][P] & Method]: Fields<Api[R][P][M]>
    }
  }
}

export const inputs: Inputs = {
  accounts: {
    signUp: { mutate: { email: 'text', password: 'text', name: 'text', locale: 'choice?' } },
    signIn: { mutate: { email: 'text', password: 'text' } },
    signOut: { mutate: {} },
    signOutEverywhere: { mutate: {} },
    sessions: { query: {} },
    endSession: { mutate: { sessionId: 'id' } },
    me: { query: {} },
    updateMe: { mutate: { name: 'text?', locale: 'choice?' } },
    changePassword: { mutate: { currentPassword: 'text', newPassword: 'text' } },
  },
  catalogue: {
    concerts: { query: {} },
    concert: { query: { concertId: 'id' } },
    stock: { query: { showId: 'id' } },
  },
  waitingRoom: {
    join: { mutate: { concertId: 'id', receipt: 'text?', pass: 'text?', proof: 'text?' } },
    status: { query: { concertId: 'id', receipt: 'text?', pass: 'text?' } },
    enter: { mutate: { concertId: 'id', pass: 'text' } },
    leave: { mutate: { concertId: 'id' } },
    useCode: { mutate: { concertId: 'id', code: 'text' } },
    progress: { query: { concertId: 'id' } },
    onEntry: { subscribe: { concertId: 'id' } },
  },
  seats: {
    snapshot: { query: { showId: 'id', pass: 'text?' } },
    changes: { query: { showId: 'id', pass: 'text?', after: 'number' } },
    list: { query: { showId: 'id', pass: 'text', status: 'choice?', afterSeatId: 'id?', limit: 'number?' } },
  },
  reservations: {
    hold: { mutate: { showId: 'id', pass: 'text', seatIds: 'ids', idempotencyKey: 'text?' } },
    holdBest: {
      mutate: {
        showId: 'id',
        pass: 'text',
        quantity: 'number',
        categoryCode: 'number?',
        section: 'note?',
        idempotencyKey: 'text?',
      },
    },
    release: { mutate: { reservationId: 'id' } },
    get: { query: { reservationId: 'id' } },
    list: { query: {} },
    live: { query: { concertId: 'id' } },
  },
  wallet: {
    balance: { query: {} },
    charge: { mutate: { amountMinor: 'number', idempotencyKey: 'text' } },
    statement: { query: { beforeId: 'id?', limit: 'number?' } },
  },
  payments: {
    pay: { mutate: { reservationIds: 'ids', idempotencyKey: 'text' } },
    refund: { mutate: { reservationId: 'id', idempotencyKey: 'text' } },
    get: { query: { paymentId: 'id' } },
    list: { query: {} },
  },
  tickets: {
    list: { query: {} },
    get: { query: { ticketId: 'id' } },
    admit: { mutate: { code: 'text', showId: 'id?' } },
    keys: { query: {} },
  },
  history: {
    findFan: { query: { by: 'choice', text: 'text' } },
    timeline: { query: { fanId: 'id', concertId: 'id?', cursor: 'text?', limit: 'number?' } },
    audit: {
      query: {
        text: 'text?',
        actorEmail: 'text?',
        action: 'text?',
        target: 'text?',
        by: 'choice?',
        fromMs: 'number?',
        toMs: 'number?',
        cursor: 'number?',
        limit: 'number?',
      },
    },
    auditActions: { query: {} },
    failedJobs: { query: {} },
    retryJob: { mutate: { queue: 'text', jobId: 'text' } },
  },
  partners: {
    createKey: { mutate: { name: 'text', concertIds: 'idsOrNull', ratePerMinute: 'number?' } },
    listKeys: { query: {} },
    revokeKey: { mutate: { partnerKeyId: 'id' } },
  },
  webhooks: {
    register: { mutate: { url: 'address', description: 'note?', eventTypes: 'choices' } },
    list: { query: {} },
    switch: { mutate: { endpointId: 'id', isOn: 'yesOrNo' } },
    remove: { mutate: { endpointId: 'id' } },
    rotateSecret: { mutate: { endpointId: 'id' } },
    sendTest: { mutate: { endpointId: 'id' } },
    deliveries: { query: { endpointId: 'id?', state: 'choice?', beforeId: 'id?', limit: 'number?' } },
    replay: { mutate: { deliveryId: 'id' } },
    replayDead: { mutate: { endpointId: 'id' } },
  },
  sales: {
    live: { query: { concertId: 'id' } },
    history: { query: { concertId: 'id', range: 'choice' } },
  },
  boxOffice: {
    findPayments: { query: { query: 'text' } },
    payment: { query: { paymentId: 'id' } },
    refund: {
      mutate: {
        paymentId: 'id',
        reservationIds: 'ids',
        reason: 'text',
        evenIfUsed: 'yesOrNo?',
        idempotencyKey: 'text',
      },
    },
    cancelShow: { mutate: { showId: 'id', reason: 'text' } },
    cancellations: { query: { concertId: 'id' } },
    retryCancellation: { mutate: { showId: 'id' } },
    scan: { mutate: { showId: 'id', code: 'text', idempotencyKey: 'text' } },
    gateCount: { query: { showId: 'id' } },
  },
  editor: {
    concerts: { query: {} },
    concert: { query: { concertId: 'id' } },
    plans: { query: {} },
    makeConcert: {
      mutate: {
        title: 'parts',
        artist: 'text',
        about: 'parts',
        venue: 'parts',
        timeZone: 'text',
        currency: 'choice?',
        accentColor: 'text?',
        seatsPerFan: 'number?',
        holdTtlMs: 'number?',
        seatPlanId: 'id',
        prices: 'parts',
        line: 'parts',
        idempotencyKey: 'text',
      },
    },
    editConcert: {
      mutate: {
        concertId: 'id',
        title: 'parts?',
        artist: 'text?',
        about: 'parts?',
        venue: 'parts?',
        timeZone: 'text?',
        accentColor: 'text?',
        seatsPerFan: 'number?',
        holdTtlMs: 'number?',
        from: 'anyParts?',
      },
    },
    rescheduleLine: {
      mutate: {
        concertId: 'id',
        mode: 'choice?',
        lobbyOpensAtMs: 'numberOrNull?',
        opensAtMs: 'number?',
        closesAtMs: 'numberOrNull?',
        from: 'anyParts?',
      },
    },
    setPrice: {
      mutate: { concertId: 'id', categoryCode: 'number', fromMinor: 'number', priceMinor: 'number' },
    },
    makeShow: { mutate: { concertId: 'id', seatPlanId: 'id', startsAtMs: 'number' } },
    moveShow: { mutate: { showId: 'id', fromMs: 'number', startsAtMs: 'number' } },
    removeShow: { mutate: { showId: 'id' } },
    generatePlan: { mutate: { preset: 'choice' } },
    previewPlan: { query: { preset: 'choice' } },
  },
  operator: {
    steerLine: { mutate: { concertId: 'id', action: 'choice' } },
    tuneLine: {
      mutate: {
        concertId: 'id',
        capacity: 'number?',
        ratePerMinute: 'numberOrNull?',
        isLoadAware: 'yesOrNo?',
        floorPerMinute: 'number?',
        targetP95Ms: 'number?',
        from: 'anyParts?',
      },
    },
    admissionPace: { query: { concertId: 'id' } },
    load: { query: {} },
    lineGuards: { query: { concertId: 'id' } },
    guardLine: {
      mutate: {
        concertId: 'id',
        challenge: 'choice?',
        challengeBits: 'number?',
        mostPerAddress: 'numberOrNull?',
        from: 'anyParts?',
      },
    },
    tellLine: { mutate: { concertId: 'id', message: 'message' } },
    bypassCodes: { query: { concertId: 'id' } },
    createBypassCode: { mutate: { concertId: 'id', label: 'text', maxUses: 'numberOrNull' } },
    revokeBypassCode: { mutate: { bypassCodeId: 'id' } },
    admitStaff: { mutate: { concertId: 'id', email: 'text' } },
    invariants: { query: {} },
    resumeSale: { mutate: { showId: 'id', stopIds: 'ids' } },
  },
}
