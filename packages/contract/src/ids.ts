import { z } from 'zod'

/** Every id is a positive integer that a JavaScript number holds exactly; the brand keeps one kind from standing in for another. */
const integerId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const accountId = integerId.describe('An account: a fan or an operator.').brand<'AccountId'>()
export const concertId = integerId
  .describe('A concert: one line and one sale for all its dates.')
  .brand<'ConcertId'>()
export const showId = integerId.describe('A show: one date of a concert.').brand<'ShowId'>()
export const seatId = integerId.describe('A seat of one show; no two shows share one.').brand<'SeatId'>()
export const reservationId = integerId
  .describe('A reservation: a hold and what becomes of it.')
  .brand<'ReservationId'>()
export const paymentId = integerId.describe('A payment.').brand<'PaymentId'>()
export const ticketId = integerId.describe('A ticket.').brand<'TicketId'>()
export const sessionId = integerId.describe('A session: one device that is signed in.').brand<'SessionId'>()
export const partnerKeyId = integerId
  .describe('A partner key; not the secret that proves it.')
  .brand<'PartnerKeyId'>()
export const eventId = integerId.describe('An event that webhooks tell of.').brand<'EventId'>()
export const webhookEndpointId = integerId
  .describe('An address that events are sent to.')
  .brand<'WebhookEndpointId'>()
export const webhookDeliveryId = integerId
  .describe('One event on its way to one address.')
  .brand<'WebhookDeliveryId'>()
export const bypassCodeId = integerId
  .describe('A bypass code; not the text that lets in.')
  .brand<'BypassCodeId'>()
export const saleStopId = integerId.describe('One fault for which a show was stopped.').brand<'SaleStopId'>()

/** An account's id, whatever it does: a fan who waits and pays, or an operator who steers. */
export type AccountId = z.infer<typeof accountId>
export type ConcertId = z.infer<typeof concertId>
export type ShowId = z.infer<typeof showId>
export type SeatId = z.infer<typeof seatId>
export type ReservationId = z.infer<typeof reservationId>
export type PaymentId = z.infer<typeof paymentId>
export type TicketId = z.infer<typeof ticketId>
export type SessionId = z.infer<typeof sessionId>
export type PartnerKeyId = z.infer<typeof partnerKeyId>
export type EventId = z.infer<typeof eventId>
export type WebhookEndpointId = z.infer<typeof webhookEndpointId>
export type BypassCodeId = z.infer<typeof bypassCodeId>
export type SaleStopId = z.infer<typeof saleStopId>
export type WebhookDeliveryId = z.infer<typeof webhookDeliveryId>
