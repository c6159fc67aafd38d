import type { ConcertId, ConcertSummary } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'

const checkLook = 'size-5 shrink-0 accent-lamp'

/** All concerts (`null`), or some of them by name. */
export function ConcertChoice(props: {
  concerts: ConcertSummary[]
  chosen: ConcertId[] | null
  onChoose: (chosen: ConcertId[] | null) => void
}) {
  const { concerts, chosen, onChoose } = props
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-semibold">{m.key_concerts()}</legend>
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className={checkLook}
          checked={chosen === null}
          onChange={(event) => onChoose(event.currentTarget.checked ? null : [])}
        />
        {m.key_all_concerts()}
      </label>
      {chosen !== null &&
        concerts.map(({ concertId, title }) => (
          <label key={concertId} className="ml-8 flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className={checkLook}
              checked={chosen.includes(concertId)}
              onChange={(event) => {
                const others = chosen.filter((each) => each !== concertId)
                onChoose(event.currentTarget.checked ? [...others, concertId] : others)
              }}
            />
            {told(title)}
          </label>
        ))}
      {chosen !== null && <p className="mt-1 text-sm text-soft">{m.key_limited_text()}</p>}
      {chosen?.length === 0 && <p className="mt-1 text-sm text-soft">{m.key_choose_concerts()}</p>}
    </fieldset>
  )
}
