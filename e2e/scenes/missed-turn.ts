import type { ConcertId } from '@greenroom/contract'
import type { Page } from 'playwright-core'

/** As a turn leaves it that this device was told of a minute ago. */
export async function rememberMissedTurn(page: Page, concertId: ConcertId): Promise<void> {
  await page.addInitScript(
    (key) => localStorage.setItem(key, `${Date.now() - 60_000}`),
    `greenroom.turn.${concertId}`,
  )
}
