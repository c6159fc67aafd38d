import { List, Map as MapIcon } from 'lucide-react'
import { Segments } from '../design/segments.tsx'
import { m } from '../paraglide/messages.js'

/** The map alone, or the map with its list below: for keyboards, screen readers, and those who like lists. */
export function ViewSwitch(props: { isListed: boolean; onChange: (isListed: boolean) => void }) {
  return (
    <Segments
      label={m.view()}
      options={[
        { value: 'map', name: <ViewName icon={MapIcon} name={m.view_map()} /> },
        { value: 'list', name: <ViewName icon={List} name={m.view_list()} /> },
      ]}
      chosen={props.isListed ? 'list' : 'map'}
      onChoose={(view) => props.onChange(view === 'list')}
    />
  )
}

function ViewName({ icon: Icon, name }: { icon: typeof List; name: string }) {
  return (
    <>
      <Icon aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">{name}</span>
    </>
  )
}
