import type { ConcertId, ExportName, ShowId } from '@greenroom/contract'
import type { ExportQuery } from './export-cursor-store.ts'

/** A column of a file: its name, and the SQL of its cell. */
type Columns = readonly (readonly [name: string, sql: string])[]
type Source = {
  columns: Columns
  from: string
  concert: string
  show?: string
  order: string
  where?: string
}

/** ISO 8601 in UTC, to the millisecond. */
const instant = (sql: string): string => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const list = (sql: string): string => `array_to_string(${sql}, ' ')`

const sources: Record<ExportName, Source> = {
  payments: {
    columns: [
      ['paymentId', 'payments.id'],
      ['paidAt', instant('payments.paid_at')],
      ['concertId', 'payments.concert_id'],
      ['fanId', 'payments.fan_id'],
      ['email', 'accounts.email'],
      ['reservationIds', list('payments.reservation_ids')],
      ['amountMinor', 'payments.amount_minor'],
      ['refundedMinor', 'refunds.amount_minor'],
      ['currency', 'concerts.currency'],
      ['refundedAt', instant('refunds.refunded_at')],
    ],
    from: `payments
      join accounts on accounts.id = payments.fan_id
      join concerts on concerts.id = payments.concert_id
      cross join lateral (
        select coalesce(sum(transfers.amount_minor), 0)::bigint as amount_minor, max(transfers.created_at) as refunded_at
        from transfers where kind = 'refund' and reservation_id = any(payments.reservation_ids)
      ) refunds`,
    concert: 'payments.concert_id',
    show: `exists (select from reservations
      where reservations.id = any(payments.reservation_ids) and reservations.show_id = $2)`,
    order: 'payments.id',
  },
  tickets: {
    columns: [
      ['ticketId', 'tickets.id'],
      ['issuedAt', instant('tickets.issued_at')],
      ['showId', 'tickets.show_id'],
      ['startsAt', instant('shows.starts_at')],
      ['section', 'seats.section'],
      ['row', 'seats.row_label'],
      ['number', 'seats.number'],
      ['seatId', 'tickets.seat_id'],
      ['fanId', 'tickets.fan_id'],
      ['email', 'accounts.email'],
      ['holderName', 'accounts.name'],
      ['state', 'tickets.state'],
      ['usedAt', instant('tickets.used_at')],
      ['reservationId', 'tickets.reservation_id'],
      ['paymentId', 'tickets.payment_id'],
    ],
    from: `tickets
      join shows on shows.id = tickets.show_id
      join seats on seats.id = tickets.seat_id
      join accounts on accounts.id = tickets.fan_id`,
    concert: 'shows.concert_id',
    show: 'tickets.show_id = $2',
    order: 'tickets.id',
  },
  reservations: {
    columns: [
      ['reservationId', 'reservations.id'],
      ['heldAt', instant('reservations.held_at')],
      ['heldUntil', instant('reservations.held_until')],
      ['showId', 'reservations.show_id'],
      ['fanId', 'reservations.fan_id'],
      ['email', 'accounts.email'],
      ['seatIds', list('reservations.seat_ids')],
      ['amountMinor', 'reservations.amount_minor'],
      ['currency', 'concerts.currency'],
      ['state', 'reservations.state'],
      ['paidAt', instant('reservations.paid_at')],
      ['endedAt', instant('reservations.ended_at')],
    ],
    from: `reservations
      join accounts on accounts.id = reservations.fan_id
      join concerts on concerts.id = reservations.concert_id`,
    concert: 'reservations.concert_id',
    show: 'reservations.show_id = $2',
    order: 'reservations.id',
  },
  line: {
    columns: [
      ['at', instant('line_moves.at')],
      ['notBefore', instant('line_moves.not_before')],
      ['move', 'line_moves.move'],
      ['fanId', 'line_moves.fan_id'],
      ['email', 'accounts.email'],
      ['concertId', 'line_moves.concert_id'],
    ],
    from: 'line_moves join accounts on accounts.id = line_moves.fan_id',
    concert: 'line_moves.concert_id',
    order: 'line_moves.id',
  },
  audit: {
    columns: [
      ['auditId', 'audit_entries.id'],
      ['at', instant('audit_entries.created_at')],
      ['actorEmail', 'accounts.email'],
      ['partner', 'partner_keys.name'],
      ['command', 'audit_entries.command'],
      ['action', 'audit_entries.action'],
      ['target', 'audit_entries.target'],
      ['before', 'audit_entries.before::text'],
      ['after', 'audit_entries.after::text'],
    ],
    from: `audit_entries
      left join accounts on accounts.id = audit_entries.actor_id
      left join partner_keys on partner_keys.id = audit_entries.partner_key_id`,
    concert: 'audit_entries.target',
    order: 'audit_entries.id',
  },
}

/** Whatever an operator can change of a concert ($1), as the audit calls it. A semi-join: a stadium has 90,000 tickets. */
const auditTargets = `
  select 'concert ' || $1::bigint
  union all select 'show ' || id from shows where concert_id = $1::bigint
  union all select 'show ' || show_id from removed_shows where concert_id = $1::bigint
  union all select 'payment ' || id from payments where concert_id = $1::bigint
  union all select 'ticket ' || tickets.id from tickets join shows on shows.id = tickets.show_id
    where shows.concert_id = $1::bigint`

/** The first line of a file. */
export function headerOf(name: ExportName): string[] {
  return sources[name].columns.map(([column]) => column)
}

/** The statement behind a file. Everything that a caller chose is a value of it, never a part of its text. */
export function exportQuery(
  name: ExportName,
  { concertId, showId }: { concertId?: ConcertId | undefined; showId?: ShowId | undefined },
): ExportQuery {
  const { columns, concert, from, order, show } = sources[name]
  const select = `select ${columns.map(([, sql]) => sql).join(', ')} from ${from}`
  if (concertId === undefined) return { text: `${select} order by ${order}`, values: [] }
  const ofConcert = name === 'audit' ? `${concert} in (${auditTargets})` : `${concert} = $1::bigint`
  if (showId === undefined || show === undefined)
    return { text: `${select} where ${ofConcert} order by ${order}`, values: [concertId] }
  return { text: `${select} where ${ofConcert} and ${show} order by ${order}`, values: [concertId, showId] }
}
