import type { JSX } from 'solid-js'
import { SelectField } from '../ui/Field.tsx'
import type { DocumentPlace } from './places.ts'

/** Where a document stands: in the network, or in one of the teams. */
export function PlaceField(props: {
  places: readonly DocumentPlace[]
  place: DocumentPlace | undefined
  onChange: (place: DocumentPlace | undefined) => void
  error?: string | undefined
}): JSX.Element {
  return (
    <SelectField
      label="Where"
      value={props.place?.teamId ?? ''}
      onChange={(value) => props.onChange(props.places.find((place) => (place.teamId ?? '') === value))}
      options={props.places.map((place) => ({
        value: place.teamId ?? '',
        label: place.teamId === undefined ? `${place.name} (the network)` : place.name,
      }))}
      error={props.error}
    />
  )
}
