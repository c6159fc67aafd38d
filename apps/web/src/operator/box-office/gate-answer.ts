import type { ScanVerdict, TicketId, WireError } from '@greenroom/contract'

/** What a gate shows: the server's word, or what can be said without it. */
export type GateAnswer =
  | ScanVerdict
  /** the signature is ours, and nothing else is known */
  | { verdict: 'offline'; ticketId: TicketId }
  /** this device let it in before, without a connection */
  | { verdict: 'offlineAgain'; ticketId: TicketId; atMs: number }
  /** signed by us for another show, and no connection to tell which */
  | { verdict: 'offlineElsewhere'; ticketId: TicketId }
  /** no connection, and no key here or a browser that can check none: neither good nor forged */
  | { verdict: 'unchecked' }
  /** the server refused, or there is no connection and no room here to keep the scan */
  | { verdict: 'failed'; refusal: WireError | undefined }

export type GateTone = 'good' | 'warn' | 'bad'

const tones: Record<GateAnswer['verdict'], GateTone> = {
  admitted: 'good',
  used: 'warn',
  wrongShow: 'warn',
  refunded: 'bad',
  cancelled: 'bad',
  forged: 'bad',
  offline: 'warn',
  offlineAgain: 'bad',
  offlineElsewhere: 'bad',
  unchecked: 'warn',
  failed: 'warn',
}

/** Green lets in, amber wants a look, red does not. */
export function toneOf({ verdict }: GateAnswer): GateTone {
  return tones[verdict]
}
