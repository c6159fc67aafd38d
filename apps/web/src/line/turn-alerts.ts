import { registerWorker } from '../offline/register-worker.ts'

/** What a fan asked for: how this page calls them when it is their turn. Kept for the next visit. */
export type Alerts = { sound: boolean; notification: boolean }

const storageKey = 'greenroom.alerts'

export function readAlerts(): Alerts {
  const kept = localStorage.getItem(storageKey) ?? ''
  return {
    sound: kept.includes('sound'),
    notification: kept.includes('notification') && notificationPermission() === 'granted',
  }
}

export function keepAlerts(alerts: Alerts): void {
  const wanted = [alerts.sound && 'sound', alerts.notification && 'notification'].filter(Boolean)
  localStorage.setItem(storageKey, wanted.join(' '))
}

/** `unsupported`: phones that show notifications of installed pages alone. */
export function notificationPermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported'
}

/** Asks the browser for leave to show notifications; answers whether it was given. */
export async function askForNotifications(): Promise<boolean> {
  if (notificationPermission() === 'unsupported') return false
  if ((await Notification.requestPermission()) !== 'granted') return false
  // phones show them through a service worker only, which who came straight here does not have yet
  registerWorker()
  return true
}

/**
 * Calls the fan in the ways they asked for. All tabs may call at once: one of them sounds, and the notification is one
 * because its tag is one: the page's path, which is where a press on it leads.
 */
export function callFan(alerts: Alerts, told: { title: string; text: string; path: string }): void {
  if (alerts.notification) void showNotification(told)
  if (alerts.sound) void inOneTab(`greenroom:chime:${told.path}`, chime)
}

/** The turn was taken, or is over: a notification that still stands would call in vain. */
export async function endCall(path: string): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration()
  for (const shown of (await worker?.getNotifications({ tag: path })) ?? []) shown.close()
}

async function showNotification({ title, text, path }: Parameters<typeof callFan>[1]): Promise<void> {
  const options = { body: text, tag: path, icon: '/favicon.svg', requireInteraction: true }
  const worker = await navigator.serviceWorker?.getRegistration()
  // phones show them through a service worker only
  if (worker !== undefined) return await worker.showNotification(title, options)
  const shown = new Notification(title, options)
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
  })
}

/** The other tabs hear of the turn within moments: who has the lock for some seconds is the only one who acts. */
const onlyForMs = 5_000

async function inOneTab(name: string, act: () => void): Promise<void> {
  if (!('locks' in navigator)) return act()
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    act()
    await new Promise((resolve) => setTimeout(resolve, onlyForMs))
  })
}

let audio: AudioContext | undefined

/** Browsers let a page sound only after a press in it: call this from one. */
export function wakeSound(): void {
  audio ??= new AudioContext()
  void audio.resume()
}

/** Three rising notes, made here: nothing to load. Silent when the page was never pressed. */
export function chime(): void {
  if (audio?.state !== 'running') return
  const startS = audio.currentTime
  for (const [index, hertz] of [523.25, 659.25, 783.99].entries()) {
    const atS = startS + index * 0.18
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: hertz })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0, atS)
    volume.gain.linearRampToValueAtTime(0.35, atS + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, atS + 0.7)
    tone.connect(volume).connect(audio.destination)
    tone.start(atS)
    tone.stop(atS + 0.75)
  }
}
