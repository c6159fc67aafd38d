import { z } from 'zod'

/** Every id is a positive integer that a JavaScript number holds exactly; the brand keeps one kind from standing in for another. */
const integerId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const accountId = integerId.brand<'AccountId'>()
export const concertId = integerId.brand<'ConcertId'>()
export const showId = integerId.brand<'ShowId'>()
export const seatId = integerId.brand<'SeatId'>()
export const reservationId = integerId.brand<'ReservationId'>()
export const paymentId = integerId.brand<'PaymentId'>()
export const ticketId = integerId.brand<'TicketId'>()
export const partnerKeyId = integerId.brand<'PartnerKeyId'>()
export const eventId = integerId.brand<'EventId'>()
export const webhookEndpointId = integerId.brand<'WebhookEndpointId'>()
export const webhookDeliveryId = integerId.brand<'WebhookDeliveryId'>()

/** An account's id, whatever it does: a fan who waits and pays, or an operator who steers. */
export type AccountId = z.infer<typeof accountId>
export type ConcertId = z.infer<typeof concertId>
export type ShowId = z.infer<typeof showId>
export type SeatId = z.infer<typeof seatId>
export type ReservationId = z.infer<typeof reservationId>
export type PaymentId = z.infer<typeof paymentId>
export type TicketId = z.infer<typeof ticketId>
export type PartnerKeyId = z.infer<typeof partnerKeyId>
export type EventId = z.infer<typeof eventId>
export type WebhookEndpointId = z.infer<typeof webhookEndpointId>
export type WebhookDeliveryId = z.infer<typeof webhookDeliveryId>
