import { Menu } from '@base-ui/react/menu'
import type { Account } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { CalendarCheck, LogOut, SlidersHorizontal, Ticket, UserRound, Wallet } from 'lucide-react'
import { MenuPopup, menuItemLook } from '../design/menu-popup.tsx'
import { m } from '../paraglide/messages.js'
import { useSignOut } from '../session/use-sign-out.ts'

export function AccountMenu({ me }: { me: Account }) {
  const signOut = useSignOut()
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={m.nav_account({ name: me.name })}
        className="grid size-9 place-items-center rounded-full bg-raised text-sm font-bold text-ink ring-rule hover:ring-2"
      >
        {initialOf(me.name)}
      </Menu.Trigger>
      <MenuPopup align="end" className="w-64">
        <div className="px-3 py-2.5">
          <div className="truncate font-semibold">{me.name}</div>
          <div className="truncate text-sm text-faint">{me.email}</div>
        </div>
        <Menu.Separator className="mx-2 my-1 h-px bg-rule/60" />
        <Menu.Item className={menuItemLook} render={<Link to="/reservations" />}>
          <CalendarCheck aria-hidden="true" className="size-5 text-faint" />
          {m.nav_reservations()}
        </Menu.Item>
        <Menu.Item className={menuItemLook} render={<Link to="/tickets" />}>
          <Ticket aria-hidden="true" className="size-5 text-faint" />
          {m.nav_tickets()}
        </Menu.Item>
        <Menu.Item className={menuItemLook} render={<Link to="/wallet" />}>
          <Wallet aria-hidden="true" className="size-5 text-faint" />
          {m.nav_wallet()}
        </Menu.Item>
        <Menu.Item className={menuItemLook} render={<Link to="/profile" />}>
          <UserRound aria-hidden="true" className="size-5 text-faint" />
          {m.nav_profile()}
        </Menu.Item>
        {me.role === 'operator' && (
          <Menu.Item className={menuItemLook} render={<Link to="/admin" />}>
            <SlidersHorizontal aria-hidden="true" className="size-5 text-faint" />
            {m.nav_admin()}
          </Menu.Item>
        )}
        <Menu.Separator className="mx-2 my-1 h-px bg-rule/60" />
        <Menu.Item className={menuItemLook} onClick={() => signOut.mutate()}>
          <LogOut aria-hidden="true" className="size-5 text-faint" />
          {m.sign_out()}
        </Menu.Item>
      </MenuPopup>
    </Menu.Root>
  )
}

/** The first letter as a reader sees it, also of a name that begins with a composed character. */
function initialOf(name: string): string | undefined {
  const [first] = new Intl.Segmenter().segment(name)
  return first?.segment.toUpperCase()
}
