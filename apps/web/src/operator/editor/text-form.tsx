import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { ChangedElsewhere } from '../changed-elsewhere.tsx'
import { changeFrom } from '../changed-parts.ts'
import { useFormBase } from '../use-form-base.ts'
import { ConcertFields, readConcertFields, textOf } from './concert-fields.tsx'
import { useConfirmed } from './confirmed.tsx'

/** What is said of the concert, and what holds for its fans. */
export function TextForm({ concert }: { concert: EditorConcertPage }) {
  const { concertId } = concert
  const { ask, faultOf, dialog } = useConfirmed()
  const shown = textOf(concert)
  const form = useFormBase(shown)
  const edit = useMutation(api.editor.editConcert.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_about_concert()}</h2>
      <form
        key={form.formKey}
        className="mt-4 grid gap-4"
        onInput={form.noteTyping}
        onSubmit={(event) => {
          event.preventDefault()
          const wish = readConcertFields(readForm(event.currentTarget))
          const { change, from } = changeFrom(wish, { ...form, shown })
          ask({
            about: m.editor_edit_text(),
            run: async () => {
              await edit.mutateAsync({ concertId, ...change, from })
              form.noteSent(wish)
            },
          })
        }}
      >
        <ConcertFields concert={form.filled} faultOf={faultOf} />
        <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown} />
        <Button type="submit">{m.save()}</Button>
      </form>
      {dialog}
    </Panel>
  )
}
