import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGreenroom, type Greenroom, greenroomError } from '@greenroom/client'
import type { Random } from '../seeded-random.ts'
import type { Sale } from '../world/open-sale.ts'
import type { World } from '../world/start-world.ts'

/** What all devices of a fan share. */
type Account = {
  /** The account's id. */
  fanId: number
  token: string
  shared: {
    devices: number
    /** Where the fan went last, for a device that comes along. */
    sale?: Sale
  }
}

/** A fan of the lab at one device: one call at a time, and a storage of its own. */
export type LabFan = Account & {
  /** The device, in the history: the account's id of the first one. */
  actor: number
  greenroom: Greenroom
  random: Random
  /** Waits by socket; the others ask again and again. */
  hasSocket: boolean
  /** Places that a page of this device has shown. */
  watchedPlaces: Set<string>
  /** Throws the proofs of places away, as a new device has none. */
  forgetPlaces: () => void
}

/** Nothing here waits as long as people do: a round of faults lasts seconds. */
const liveSettings = {
  pollAfterMs: 500,
  pollMinMs: 500,
  pollMaxMs: 1_000,
  retryBaseMs: 100,
  retryCapMs: 1_000,
  ackTimeoutMs: 2_000,
  repairSpreadMs: 100,
}

const signUpsAtOnce = 4
const maxTries = 20

/** New accounts over the public surface; each costs the server 30 ms of a core, so they are made once and kept. */
export async function signUpLabFans(world: World, random: Random, count: number): Promise<LabFan[]> {
  const fans: LabFan[] = []
  const numbers = Array.from({ length: count }, (_, index) => index).values()
  const signUpNext = async (): Promise<void> => {
    for (const number of numbers) fans.push(await signUp(world, random.fork(`fan-${number}`), number))
  }
  await Promise.all(Array.from({ length: signUpsAtOnce }, signUpNext))
  return fans
}

/** Another device of the same account, which has no proof of any place. */
export function openSecondDevice(world: World, fan: LabFan): LabFan {
  const { fanId, token, shared } = fan
  shared.devices += 1
  const device = openDevice(world, fan.random.fork('second-device'))
  device.greenroom.setToken(token)
  return { fanId, token, shared, actor: -fanId, ...device }
}

type Device = Omit<LabFan, keyof Account | 'actor'>

function openDevice(world: World, random: Random): Device {
  const places = new Map<string, string>()
  const greenroom = createGreenroom({
    apiUrl: world.url,
    gatewayUrl: world.gatewayUrl,
    settings: liveSettings,
    transports: ['websocket'],
    random: random.next,
    storage: {
      getItem: (key) => places.get(key) ?? null,
      setItem: (key, value) => void places.set(key, value),
      removeItem: (key) => void places.delete(key),
    },
  })
  return {
    greenroom,
    random,
    hasSocket: random.chance(0.5),
    watchedPlaces: new Set(),
    forgetPlaces: () => places.clear(),
  }
}

async function signUp(world: World, random: Random, number: number): Promise<LabFan> {
  const device = openDevice(world, random)
  const { greenroom } = device
  const email = `lab-${randomUUID()}@greenroom.example`
  const account = { email, password: 'greenroom', name: `Fan ${number}` }
  for (let tries = 1; ; tries++) {
    try {
      const signedIn = await greenroom.api.accounts.signUp.mutate({ ...account, locale: 'en' })
      greenroom.setToken(signedIn.token)
      const fanId = signedIn.account.accountId
      return { fanId, token: signedIn.token, shared: { devices: 1 }, actor: fanId, ...device }
    } catch (error) {
      if (greenroomError(error)?.code !== 'OVERLOADED' || tries === maxTries) throw error
      await sleep(200)
    }
  }
}
