import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { changedParts } from './changed-parts.ts'
import { ConcertFields, readConcertFields, textOf } from './concert-fields.tsx'
import { useConfirmed } from './confirmed.tsx'

/** What is said of the concert, and what holds for its fans. */
export function TextForm({ concert }: { concert: EditorConcertPage }) {
  const { concertId } = concert
  const { ask, faultOf, dialog } = useConfirmed()
  const edit = useMutation(api.editor.editConcert.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_about_concert()}</h2>
      <form
        // anew when what is said is new, by whomever
        key={JSON.stringify(textOf(concert))}
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const change = changedParts(readConcertFields(readForm(event.currentTarget)), textOf(concert))
          ask({ about: m.editor_edit_text(), run: () => edit.mutateAsync({ concertId, ...change }) })
        }}
      >
        <ConcertFields concert={concert} faultOf={faultOf} />
        <Button type="submit">{m.save()}</Button>
      </form>
      {dialog}
    </Panel>
  )
}
