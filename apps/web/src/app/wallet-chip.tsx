import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Wallet } from 'lucide-react'
import { api } from '../data/api.ts'
import { m } from '../paraglide/messages.js'
import { tellMoney } from '../text/money.ts'

/** What the fan can spend, always in sight. */
export function WalletChip() {
  const balance = useQuery(api.wallet.balance.queryOptions()).data
  return (
    <Link
      to="/wallet"
      className="inline-flex min-h-9 items-center justify-end gap-2 sm:min-w-28 rounded-control px-2.5 text-sm font-medium text-soft hover:bg-raised hover:text-ink"
    >
      <Wallet aria-hidden="true" className="size-[1.125rem]" />
      <span className="sr-only">{m.nav_wallet()}</span>
      <span className="hidden sm:inline">{balance && tellMoney(balance.balanceMinor, balance.currency)}</span>
    </Link>
  )
}
