import type { EditorConcertPage } from '@greenroom/contract'
import type { ReactNode } from 'react'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'

/** What is said of a concert, in both languages, and what holds for its fans. */
type ConcertText = Pick<
  EditorConcertPage,
  'title' | 'artist' | 'about' | 'venue' | 'timeZone' | 'accentColor' | 'seatsPerFan' | 'holdTtlMs'
>

const texts = [
  { name: 'title', label: m.editor_title },
  { name: 'venue', label: m.editor_venue },
  { name: 'about', label: m.editor_about },
] as const

/** The fields of a concert; `faultOf` tells what the server found wrong with one. */
export function ConcertFields(props: {
  concert?: ConcertText
  faultOf: (path: string) => string | undefined
}) {
  const { concert, faultOf } = props
  return (
    <>
      {texts.map(({ name, label }) => (
        <Pair key={name}>
          {(['ko', 'en'] as const).map((locale) => (
            <TextField
              key={locale}
              label={`${label()} (${locale === 'ko' ? '한국어' : 'English'})`}
              name={`${name}.${locale}`}
              lang={locale}
              required
              maxLength={400}
              defaultValue={concert?.[name][locale]}
              {...(name === 'about' && { render: <textarea rows={6} className="py-2.5" /> })}
              error={faultOf(`${name}.${locale}`)}
            />
          ))}
        </Pair>
      ))}
      <Pair>
        <TextField
          label={m.editor_artist()}
          name="artist"
          required
          maxLength={200}
          defaultValue={concert?.artist}
          error={faultOf('artist')}
        />
        <TextField
          label={m.editor_time_zone()}
          name="timeZone"
          required
          list="time-zones"
          defaultValue={concert?.timeZone ?? 'Asia/Seoul'}
          error={faultOf('timeZone')}
        />
      </Pair>
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={m.editor_seats_per_fan()}
          name="seatsPerFan"
          type="number"
          min={1}
          max={10}
          required
          defaultValue={concert?.seatsPerFan ?? 4}
          error={faultOf('seatsPerFan')}
        />
        <TextField
          label={m.editor_hold_minutes()}
          name="holdMinutes"
          type="number"
          min={0.1}
          max={60}
          step={0.1}
          required
          defaultValue={(concert?.holdTtlMs ?? 300_000) / 60_000}
          error={faultOf('holdTtlMs')}
        />
        <TextField
          label={m.editor_colour()}
          name="accentColor"
          type="color"
          defaultValue={concert?.accentColor ?? '#7c5cff'}
          error={faultOf('accentColor')}
        />
      </div>
    </>
  )
}

function Pair({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>
}

/** What of a concert the fields are about. */
export function textOf(concert: ConcertText): ConcertText {
  const { title, artist, about, venue, timeZone, accentColor, seatsPerFan, holdTtlMs } = concert
  return { title, artist, about, venue, timeZone, accentColor, seatsPerFan, holdTtlMs }
}

/** What the fields say. */
export function readConcertFields(form: (name: string) => string): ConcertText {
  const pair = (name: string) => ({ ko: form(`${name}.ko`).trim(), en: form(`${name}.en`).trim() })
  return {
    title: pair('title'),
    artist: form('artist').trim(),
    about: pair('about'),
    venue: pair('venue'),
    timeZone: form('timeZone').trim(),
    accentColor: form('accentColor'),
    seatsPerFan: Number(form('seatsPerFan')),
    holdTtlMs: Math.round(Number(form('holdMinutes')) * 60_000),
  }
}
