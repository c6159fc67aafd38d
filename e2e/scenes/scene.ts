import type { Locale } from '@greenroom/contract'
import type { Browser } from 'playwright-core'
import { type Device, openVisitor, type Visitor } from '../support/browser.ts'
import { signUpFan, type VirtualFan } from '../support/virtual-fan.ts'
import type { House } from './house.ts'

/** One state of one page: what a picture is of and what axe looks at. */
export type Scene = {
  /** names its pictures */
  name: string
  /** whose page it is; default: a fan's who has just signed up */
  as?: 'nobody' | 'operator'
  /** a page that a library draws: looked at, not judged */
  isOfLibrary?: true
  /** pictures are of the page from top to bottom; default: of what the window shows */
  isWhole?: true
  /** brings the page there, by whatever way is shortest, and waits until it shows */
  show: (stage: Stage) => Promise<unknown>
}

/** The page of a scene. `fan` is who it belongs to, with a client of their own for what need not be done by hand. */
export type Stage = Visitor & { house: House; fan: VirtualFan; goto: (path: string) => Promise<void> }

export type Look = { locale: Locale; device: Device; colorScheme?: 'light' | 'dark' }

/** Plays a scene in a browser profile of its own and lets `see` look at it. */
export async function playScene<T>(
  browser: Browser,
  { house, scene, look, fanName }: { house: House; scene: Scene; look: Look; fanName?: string },
  see: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const { url } = house.sale
  const fan =
    scene.as === 'operator'
      ? house.operator
      : await signUpFan(url, { name: fanName ?? fanNames[look.locale], locale: look.locale })
  const visitor = await openVisitor(browser, { url, ...look })
  try {
    if (scene.as !== 'nobody')
      await visitor.page.context().addCookies([{ name: 'greenroom_session', value: fan.token, url }])
    const goto = async (path: string): Promise<void> => void (await visitor.page.goto(path))
    await scene.show({ ...visitor, house, fan, goto })
    return await see(visitor)
  } catch (error) {
    throw new Error(`scene ${scene.name} (${Object.values(look).join(', ')}), at ${visitor.page.url()}`, {
      cause: error,
    })
  } finally {
    await visitor.leave()
  }
}

const fanNames: Record<Locale, string> = { ko: '박미나', en: 'Mina Park' }
