import type { WebhookDelivery } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

const names: Record<WebhookDelivery['type'], () => string> = {
  'reservation.paid': m.webhook_type_paid,
  'reservation.expired': m.webhook_type_expired,
  'payment.refunded': m.webhook_type_refunded,
  'show.cancelled': m.webhook_type_cancelled,
  'show.moved': m.webhook_type_moved,
  'webhook.test': m.webhook_type_test,
}

export function tellEventType(type: WebhookDelivery['type']): string {
  return names[type]()
}
