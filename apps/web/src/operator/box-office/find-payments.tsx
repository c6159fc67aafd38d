import type { FoundPayment, PaymentId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { classNames } from '../../design/class-names.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { told } from '../../text/locale.ts'
import { tellMoney } from '../../text/money.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { tellWhen } from '../tell-when.ts'

/** One field for whatever the fan has: a number, an address, a ticket. What is found is pressed to see it whole. */
export function FindPayments(props: {
  chosen: PaymentId | undefined
  onChoose: (paymentId: PaymentId | undefined) => void
}) {
  const [query, setQuery] = useState('')
  const found = useQuery(api.boxOffice.findPayments.queryOptions({ query }, { enabled: query !== '' }))
  const failure = tellFailure(found.error)
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.find_payment()}</h2>
      <search>
        <form
          className="mt-4 grid gap-4 sm:grid-cols-[1fr_auto] sm:items-end"
          onSubmit={(event) => {
            event.preventDefault()
            props.onChoose(undefined)
            setQuery(readForm(event.currentTarget)('query').trim())
          }}
        >
          <TextField
            label={m.find_payment_field()}
            name="query"
            autoComplete="off"
            required
            maxLength={1_024}
          />
          <Button type="submit" className="min-h-12" busy={found.isFetching}>
            {m.find_payment_go()}
          </Button>
        </form>
      </search>
      {failure !== undefined && (
        <Notice tone="bad" className="mt-4">
          {failure}
        </Notice>
      )}
      {found.isLoading && <Skeleton className="mt-4 h-20 rounded-control" />}
      <output className="block text-soft">
        {found.data?.length === 0 && <span className="mt-4 block">{m.find_payment_none()}</span>}
      </output>
      <ul className="mt-4 grid gap-2 empty:hidden">
        {found.data?.map((payment) => (
          <li key={payment.paymentId}>
            <FoundRow
              payment={payment}
              isChosen={payment.paymentId === props.chosen}
              onChoose={() => props.onChoose(payment.paymentId)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function FoundRow(props: { payment: FoundPayment; isChosen: boolean; onChoose: () => void }) {
  const { payment } = props
  return (
    <button
      type="button"
      aria-pressed={props.isChosen}
      onClick={props.onChoose}
      className={classNames(
        'grid w-full gap-x-4 rounded-control border px-4 py-3 text-left sm:grid-cols-[1fr_auto]',
        props.isChosen ? 'border-lamp bg-lamp/12' : 'border-rule hover:border-faint hover:bg-raised',
      )}
    >
      <span className="font-semibold">{told(payment.concertTitle)}</span>
      <span className="font-semibold sm:text-right">{tellMoney(payment.amountMinor, payment.currency)}</span>
      <span className="min-w-0 text-sm break-words text-soft">
        {m.payment_number({ number: payment.paymentId })} · {payment.fanEmail}
      </span>
      <span className="text-sm text-soft sm:text-right">{tellWhen(payment.paidAtMs)}</span>
    </button>
  )
}
