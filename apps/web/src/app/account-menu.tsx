import type { Account } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { CalendarCheck, LogOut, SlidersHorizontal, Ticket, UserRound, Wallet } from 'lucide-react'
import { closeMenu, menuItemLook, PopoverMenu } from '../design/popover-menu.tsx'
import { m } from '../paraglide/messages.js'
import { useSignOut } from '../session/use-sign-out.ts'
import { initialOf } from '../text/initials.ts'

const places = [
  { to: '/reservations', name: m.nav_reservations, Icon: CalendarCheck },
  { to: '/tickets', name: m.nav_tickets, Icon: Ticket },
  { to: '/wallet', name: m.nav_wallet, Icon: Wallet },
  { to: '/profile', name: m.nav_profile, Icon: UserRound },
] as const
const operatorPlace = { to: '/admin', name: m.nav_admin, Icon: SlidersHorizontal } as const

export function AccountMenu({ me }: { me: Account }) {
  const signOut = useSignOut()
  return (
    <PopoverMenu
      label={m.nav_account({ name: me.name })}
      look="grid size-9 place-items-center rounded-full bg-raised text-sm font-bold text-ink ring-rule hover:ring-2"
      button={initialOf(me.name)}
      align="end"
      widthPx={256}
    >
      <div className="border-b border-rule/60 px-3 py-2.5">
        <div className="truncate font-semibold">{me.name}</div>
        <div className="truncate text-sm text-faint">{me.email}</div>
      </div>
      <ul className="border-b border-rule/60 py-1">
        {(me.role === 'operator' ? [...places, operatorPlace] : places).map(({ to, name, Icon }) => (
          <li key={to}>
            <Link to={to} className={menuItemLook} onClick={closeMenu}>
              <Icon aria-hidden="true" className="size-5 text-faint" />
              {name()}
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className={`${menuItemLook} mt-1`} onClick={() => signOut.mutate()}>
        <LogOut aria-hidden="true" className="size-5 text-faint" />
        {m.sign_out()}
      </button>
    </PopoverMenu>
  )
}
