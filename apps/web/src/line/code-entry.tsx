import { useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { useAction } from './use-action.ts'

/** Where a guest types the code that lets them in past the line. Folded away: nearly nobody has one. */
export function CodeEntry(props: { use: (code: string) => Promise<unknown>; onFailure: () => void }) {
  const [typed, setTyped] = useState('')
  const using = useAction(() => props.use(typed), props.onFailure)
  const id = useId()
  return (
    <details className="mt-6">
      <summary className="cursor-pointer py-2.5">{m.line_code_have()}</summary>
      <form
        className="flex flex-wrap justify-center gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          using.run()
        }}
      >
        <input
          aria-label={m.line_code_have()}
          aria-invalid={using.failure !== undefined}
          aria-describedby={id}
          autoComplete="off"
          required
          maxLength={64}
          className="min-h-11 rounded-control border border-cream/20 bg-stage/70 px-4 uppercase"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" busy={using.isBusy}>
          {m.enter_now()}
        </Button>
      </form>
      <p id={id} role="alert" className="mt-2.5 font-medium text-bad">
        {using.failure}
      </p>
    </details>
  )
}
