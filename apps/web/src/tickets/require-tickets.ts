import { mayPass } from '../data/wire-error.ts'
import { requireFan } from '../session/me.ts'
import { isRedirect } from '@tanstack/react-router'
import { readKeptTickets } from './kept-tickets.ts'

/** As `requireFan`, but where no server answers, the tickets that this device keeps may be looked at. */
export async function requireTickets(input: { location: { href: string } }): Promise<void> {
  try {
    await requireFan(input)
  } catch (error) {
    if (isRedirect(error) || !mayPass(error) || readKeptTickets(localStorage) === undefined) throw error
  }
}
