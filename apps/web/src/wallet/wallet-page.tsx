import type { Balance, Currency, StatementLine } from '@greenroom/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failure } from '../app/failure.tsx'
import { api, greenroom } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { tellMoney } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { ChargeForm } from './charge-form.tsx'

export function WalletPage() {
  const wallet = useQuery(api.wallet.balance.queryOptions())
  if (wallet.data === undefined && wallet.isError)
    return <Failure error={wallet.error} onTryAgain={() => void wallet.refetch()} />
  return <Wallet balance={wallet.data} />
}

/** The wallet: what is in it, a way to put more in, and every movement with the balance after it. */
function Wallet({ balance }: { balance: Balance | undefined }) {
  useTitle(m.nav_wallet())
  return (
    <div className="page max-w-5xl py-10">
      <h1 className="text-3xl">{m.nav_wallet()}</h1>
      <div className="mt-8 grid items-start gap-10 md:grid-cols-[22rem_1fr]">
        <Panel className="p-6 md:sticky md:top-24">
          <div className="text-soft">{m.balance()}</div>
          <div className="mt-1 mb-6 min-h-12 text-4xl font-extrabold tracking-[-0.03em]">
            {balance ? tellMoney(balance.balanceMinor, balance.currency) : <Skeleton className="h-11 w-48" />}
          </div>
          {balance ? (
            <ChargeForm currency={balance.currency} />
          ) : (
            <Skeleton className="h-[14.625rem] rounded-control" />
          )}
          <p className="mt-4 text-sm text-faint">{m.charge_note()}</p>
        </Panel>
        <Statement currency={balance?.currency} />
      </div>
    </div>
  )
}

const kindNames: Record<StatementLine['kind'], () => string> = {
  charge: m.kind_charge,
  payment: m.kind_payment,
  refund: m.kind_refund,
}

/** Every movement of money; what it amounts to can be told once the wallet's currency is known. */
function Statement({ currency }: { currency: Currency | undefined }) {
  const pages = useInfiniteQuery({
    queryKey: [...api.wallet.statement.pathKey(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      greenroom.api.wallet.statement.query(
        { limit: 30, ...(pageParam === null ? {} : { beforeId: pageParam }) },
        { signal },
      ),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextBeforeId,
  })
  const lines = pages.data?.pages.flatMap((page) => page.lines)
  const shown = currency === undefined ? [] : (lines ?? []).map((line) => ({ ...line, currency }))
  const isOnItsWay = (lines === undefined && !pages.isError) || currency === undefined
  return (
    <section aria-labelledby="statement">
      <h2 id="statement" className="text-xl">
        {m.statement()}
      </h2>
      {lines === undefined && pages.isError && (
        <Notice
          tone="bad"
          className="mt-4"
          action={
            <Button tone="outline" size="sm" busy={pages.isFetching} onClick={() => void pages.refetch()}>
              {m.try_again()}
            </Button>
          }
        >
          {tellFailure(pages.error)}
        </Notice>
      )}
      {lines?.length === 0 && <p className="mt-4 text-soft">{m.statement_empty()}</p>}
      <ul className="mt-3 divide-y divide-rule/60 border-t border-rule/60">
        {isOnItsWay && <Skeleton className="mt-4 h-40" />}
        {shown.map((line) => (
          <li key={line.transferId} className="flex min-h-17 items-center gap-4 py-2.5">
            <div className="min-w-0 flex-1">
              <div className="font-semibold">{kindNames[line.kind]()}</div>
              <div className="flex flex-wrap gap-x-3 text-sm text-faint">
                <span>{formatInstant(line.atMs, { locale: currentLocale(), timeZone: localZone })}</span>
                {line.reservationId !== null && (
                  <Link to="/reservations" className="underline underline-offset-3">
                    {m.reservation_number({ number: line.reservationId })}
                  </Link>
                )}
              </div>
            </div>
            <div className="shrink-0 text-right">
              <div className={classNames('font-semibold', line.changeMinor > 0 && 'text-good')}>
                {line.changeMinor > 0 ? '+' : '−'}
                {tellMoney(Math.abs(line.changeMinor), line.currency)}
              </div>
              <div className="text-sm text-faint">{tellMoney(line.balanceAfterMinor, line.currency)}</div>
            </div>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          tone="outline"
          className="mt-4 w-full"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {m.show_more()}
        </Button>
      )}
    </section>
  )
}

const firstPage: number | null = null
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone
