import { useEffect } from 'react'
import { m } from '../paraglide/messages.js'
import {
  type Alerts,
  askForNotifications,
  chime,
  keepAlerts,
  notificationPermission,
  wakeSound,
} from './turn-alerts.ts'

/** How this page may call the fan: nothing sounds or pops up that was not asked for. */
export function AlertChoices(props: { alerts: Alerts; onChange: (alerts: Alerts) => void }) {
  const { alerts, onChange } = props
  const permission = notificationPermission()
  useSoundAwake(alerts.sound)
  const change = (next: Alerts): void => {
    keepAlerts(next)
    onChange(next)
  }
  const chooseSound = (sound: boolean): void => {
    change({ ...alerts, sound })
    if (!sound) return
    wakeSound()
    chime()
  }
  const chooseNotification = async (wanted: boolean): Promise<void> =>
    change({ ...alerts, notification: wanted && (await askForNotifications()) })
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts" className="text-lg">
        {m.alerts_title()}
      </h2>
      <p className="mt-1.5 text-sm text-faint">{m.alerts_text()}</p>
      <div className="mt-3 divide-y divide-rule/60 border-y border-rule/60">
        <Choice label={m.alert_sound()} isOn={alerts.sound} onChange={chooseSound}>
          {alerts.sound && m.alert_sound_asleep()}
        </Choice>
        {permission !== 'unsupported' && (
          <Choice
            label={m.alert_notification()}
            isOn={alerts.notification}
            isDisabled={permission === 'denied'}
            onChange={(wanted) => void chooseNotification(wanted)}
          >
            {permission === 'denied' && m.alert_notification_denied()}
          </Choice>
        )}
      </div>
    </section>
  )
}

function Choice(props: {
  label: string
  isOn: boolean
  isDisabled?: boolean
  onChange: (isOn: boolean) => void
  /** what else is to be known about it */
  children: string | false
}) {
  return (
    <label className="flex min-h-13 cursor-pointer items-center gap-4 py-2.5">
      <span className="flex-1">
        <span className="font-medium">{props.label}</span>
        {props.children !== false && <span className="block text-sm text-faint">{props.children}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={props.isOn}
        aria-checked={props.isOn}
        disabled={props.isDisabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
        className="relative h-6.5 w-11 shrink-0 appearance-none rounded-full bg-rule transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5.5 before:rounded-full before:bg-surface before:shadow-sm before:transition-[translate] checked:bg-lamp checked:before:translate-x-4.5 disabled:opacity-45"
      />
    </label>
  )
}

/** After a reload the first press anywhere is what lets the page sound. */
function useSoundAwake(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return
    const stop = new AbortController()
    for (const press of ['pointerdown', 'keydown'] as const) addEventListener(press, wakeSound, stop)
    return () => stop.abort()
  }, [isWanted])
}
