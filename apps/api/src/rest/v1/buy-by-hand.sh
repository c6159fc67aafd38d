#!/usr/bin/env bash
# Contract `flow` by hand: from signing in to a ticket with curl alone, against a running `npm start`.
#   bash apps/api/src/rest/v1/buy-by-hand.sh [http://localhost:3000] [fan1@greenroom.example]
set -euo pipefail
api=${1:-http://localhost:3000}
email=${2:-fan1@greenroom.example}

call() { curl --silent --show-error --fail-with-body -H "authorization: Bearer ${token:-}" "$@"; }
get() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1 ?? ''"; }
once() { echo "idempotency-key: $(node -p 'crypto.randomUUID()')"; } # one for each attempt, the same for its repeats

token=$(call "$api/v1/sessions" --json "{\"email\": \"$email\", \"password\": \"greenroom\"}" | get token)

echo 'free dates:'
call "$api/v1/concerts/1/shows" | get 'map(show => [show.showId, new Date(show.startsAtMs).toISOString(), show.stock.reduce((sum, { available }) => sum + available, 0)])'

echo 'the line: add me, then read my place until it is ACTIVE'
place=$(call -X POST "$api/v1/concerts/1/queue")
while [ "$(get state <<<"$place")" = WAITING ]; do
  echo "  $(get ahead <<<"$place") ahead"
  sleep "$(get 'refreshAfterMs / 1000' <<<"$place")"
  place=$(call "$api/v1/concerts/1/queue" -H "queue-receipt: $(get receipt <<<"$place")")
done
pass="queue-pass: $(get pass <<<"$place")"

echo 'free seats:'
seats=$(call "$api/v1/shows/1/seats?status=available&limit=3" -H "$pass")
get 'seats.map(seat => [seat.seatId, seat.section, seat.row, seat.number, seat.priceMinor].join(" "))' <<<"$seats"
seat=$(get 'seats[0].seatId' <<<"$seats")

echo "hold seat $seat:"
held=$(call "$api/v1/shows/1/holds" -H "$pass" -H "$(once)" --json "{\"seatIds\": [$seat]}")
reservation=$(get reservationId <<<"$held")
amount=$(get amountMinor <<<"$held")
echo "  reservation $reservation, $amount to pay until $(get 'heldUntilMs' <<<"$held")"

echo 'charge, read the balance, pay:'
call "$api/v1/wallet/charges" -H "$(once)" --json "{\"amountMinor\": $amount}" | get balanceMinor
call "$api/v1/wallet" | get balanceMinor
call "$api/v1/payments" -H "$(once)" --json "{\"reservationIds\": [$reservation]}" | get amountMinor

echo 'the ticket:'
call "$api/v1/tickets" | get "find(each => each.reservationId === $reservation).state"
