import { fieldLook } from '../../design/field-look.ts'
import { m } from '../../paraglide/messages.js'
import { told } from '../../text/locale.ts'
import type { ChosenConcert } from './use-chosen-concert.ts'

/** Which sale a page of the console is about. */
export function ConcertSelect({ concerts, concert, choose }: ChosenConcert) {
  return (
    <label className="block w-full max-w-lg">
      <span className="mb-1.5 block text-sm font-semibold">{m.concert()}</span>
      <select
        className={fieldLook}
        value={concert?.concertId ?? ''}
        onChange={(event) => {
          const wanted = concerts?.find(({ concertId }) => String(concertId) === event.currentTarget.value)
          if (wanted !== undefined) choose(wanted.concertId)
        }}
      >
        {concerts?.map(({ concertId, title }) => (
          <option key={concertId} value={concertId}>
            {told(title)}
          </option>
        ))}
      </select>
    </label>
  )
}
