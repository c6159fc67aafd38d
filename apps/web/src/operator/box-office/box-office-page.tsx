import { useState } from 'react'
import type { PaymentId } from '@greenroom/contract'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { CancelShows } from './cancel-shows.tsx'
import { FindPayments } from './find-payments.tsx'
import { PaymentCard } from './payment-card.tsx'

/** What a fan at the counter wants: the payment found, and given back; and the end of a show that does not take place. */
export function BoxOfficePage() {
  useTitle(m.box_office())
  const [paymentId, setPaymentId] = useState<PaymentId>()
  return (
    <div className="page py-8">
      <h1 className="text-3xl">{m.box_office()}</h1>
      <p className="mt-2 text-soft">{m.box_office_text()}</p>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 gap-6">
          <FindPayments chosen={paymentId} onChoose={setPaymentId} />
          {paymentId !== undefined && <PaymentCard key={paymentId} paymentId={paymentId} />}
        </div>
        <CancelShows />
      </div>
    </div>
  )
}
