import type { Currency, Locale } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { type SeatMapLabels, seatPlanOf, type SeatView } from '../seat-map/index.ts'
import { tellCount, tellMoney, tellMoneyBriefly } from '../text/money.ts'
import { tellSeat } from '../text/seats.ts'
import { tellCategory } from './tell-category.ts'

/** The map's words in the page's language; a new object for each language, so that the map writes itself anew. */
export function seatMapLabels(_locale: Locale, currency: Currency): SeatMapLabels {
  return {
    map: m.map_name(),
    list: m.map_list(),
    mapKeys: m.map_keys(),
    stage: m.map_stage(),
    zoomIn: m.map_zoom_in(),
    zoomOut: m.map_zoom_out(),
    overview: m.map_overview(),
    soldOut: m.none_left(),
    left: (count) => m.seats_left({ count: tellCount(count) }),
    from: remember((priceMinor) => m.map_from({ price: tellMoney(priceMinor, currency) })),
    fromBrief: remember((priceMinor) => m.map_from_brief({ price: tellMoneyBriefly(priceMinor, currency) })),
    price: (priceMinor) => tellMoney(priceMinor, currency),
    row: (row) => m.map_row({ row }),
    seat: tellSeat,
    view: tellView,
    category: (geometry, code) => tellCategory(seatPlanOf(geometry), code),
    choosePlaces: m.choose_places(),
    looks: {
      available: m.look_available(),
      selected: m.look_selected(),
      mine: m.look_mine(),
      held: m.look_held(),
      sold: m.look_sold(),
      blocked: m.look_blocked(),
    },
    muted: m.seat_is_muted(),
    offered: m.seat_is_offered(),
  }
}

/** Writing an amount takes a browser longer than drawing it, and a hall has few prices. */
function remember(tell: (priceMinor: number) => string): (priceMinor: number) => string {
  const told = new Map<number, string>()
  return (priceMinor) => {
    const text = told.get(priceMinor) ?? tell(priceMinor)
    told.set(priceMinor, text)
    return text
  }
}

/** One sentence for each side, so that each language can say it its own way. */
export function tellView({ side, metres }: SeatView): string {
  return {
    front: m.view_front,
    left: m.view_left,
    right: m.view_right,
    farLeft: m.view_far_left,
    farRight: m.view_far_right,
    around: m.view_around,
  }[side]({ metres })
}
