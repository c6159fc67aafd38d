import type { Fault } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { toast } from 'sonner'
import { api } from '../../data/api.ts'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { m } from '../../paraglide/messages.js'
import { faultsOf, tellFault } from '../../text/faults.ts'
import { tellFailure } from '../../text/tell-failure.ts'

/** What was asked for and waits for a yes. */
type Asked = { about: ReactNode; run: () => Promise<unknown> }

/**
 * Changes that are asked about before they are made, one at a time. `ask` opens the dialog, which `dialog` is; `faultOf` tells what
 * the server found wrong with a field of the last one. What the editor shows is read anew after each.
 */
export function useConfirmed() {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Asked>()
  const change = useMutation({
    mutationFn: (wish: Asked) => wish.run(),
    onSuccess: async () => {
      setAsked(undefined)
      toast.success(m.done())
      await Promise.all([
        queries.invalidateQueries(api.editor.pathFilter()),
        queries.invalidateQueries(api.catalogue.pathFilter()),
      ])
    },
    onError: async (error) => {
      // told beside the fields it is about, which show what holds now
      if (faultsOf(error).length === 0) return
      setAsked(undefined)
      await queries.invalidateQueries(api.editor.pathFilter())
    },
  })
  const faults = faultsOf(change.error)
  return {
    ask: (wish: Asked) => {
      change.reset()
      setAsked(wish)
    },
    faultOf: (path: string): string | undefined => told(faults.find((fault) => fault.path === path)),
    /** Those that are about no field of their own. */
    otherFaults: faults
      .filter(({ path }) => path === '' || path.startsWith('prices') || path === 'seatPlanId')
      .map(tellFault),
    dialog: (
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.editor_confirm_title()}
        description={asked?.about}
        confirm={m.editor_confirm()}
        tone="lamp"
        busy={change.isPending}
        failure={faults.length > 0 ? undefined : tellFailure(change.error)}
        onConfirm={() => asked !== undefined && change.mutate(asked)}
      />
    ),
  }
}

const told = (fault: Fault | undefined): string | undefined => fault && tellFault(fault)
