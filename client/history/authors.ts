import type { PlaceAuthor } from '#shared/history.ts'

/**
 * Who wrote a part of a document last. A kind names its parts after the places where their words lie: `objective` is the
 * place `rich/objective`, the card `c1` lies at `cards/c1` and `notes/c1`.
 */
export function authorOfPart(places: readonly PlaceAuthor[], part: string): PlaceAuthor | undefined {
  const name = lastSegment(part)
  return places
    .filter(({ place }) => lastSegment(place) === name)
    .reduce<PlaceAuthor | undefined>((last, each) => (last && last.at >= each.at ? last : each), undefined)
}

const lastSegment = (place: string): string => place.slice(place.lastIndexOf('/') + 1)
