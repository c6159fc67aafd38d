/**
 * What the database refuses and no mutant takes out, with the reason. `every-guard.int.test.ts` compares these lists and the
 * mutants with the database itself: a new constraint is in one of them, or the test fails.
 */
export const constraintsLeftOut: Record<string, readonly string[]> = {
  'The database hands the id out itself, and no statement of ours brings one.': [
    'audit_entries_pkey',
    'events_pkey',
    'invariant_checks_pkey',
    'outbox_pkey',
    'partner_keys_pkey',
    'payments_pkey',
    'reservations_pkey',
    'sale_stops_pkey',
    'seat_plans_pkey',
    'sessions_pkey',
    'tickets_pkey',
    'transfers_pkey',
    'wallets_pkey',
    'webhook_deliveries_pkey',
    'webhook_endpoints_pkey',
  ],
  'The same, and other tables point at it, so that Postgres does not let it go.': [
    'accounts_pkey',
    'concerts_pkey',
    'shows_pkey',
    'shows_id_concert_id_key',
  ],
  'Ids of seats are those of their show, which `show-seats-apart` keeps from meeting.': ['seats_pkey'],
  'One statement writes all rows of a concert or of a plan, from a document that is checked for doubles before.':
    ['lines_pkey', 'prices_pkey', 'seat_plan_seats_pkey', 'seat_plan_seats_seat_plan_id_guid_key'],
  'The statement names it as what a repeat meets: without it the statement does not run at all.': [
    'seat_plans_geometry_hash_key',
  ],
  'The migration inserts the only row, and no statement of ours inserts another.': [
    'data_platform_progress_only_row_check',
    'data_platform_progress_pkey',
    'event_relay_only_row_check',
    'event_relay_pkey',
  ],
  'Belongs to the tool that migrates.': ['migrations_pkey'],
  'A closed list of words that the code writes from a type of the same words; nobody sells or pays by them.':
    [
      'accounts_locale_check',
      'accounts_role_check',
      'events_type_check',
      'invariant_checks_cost_check',
      'lines_mode_check',
      'lines_override_check',
      'transfers_kind_check',
      'wallets_kind_check',
      'webhook_deliveries_state_check',
      'webhook_endpoints_off_reason_check',
    ],
  "Bounds of an operator's setting, which the contract's schema refuses before.": [
    'concerts_check',
    'concerts_hold_ttl_ms_check',
    'concerts_seats_per_fan_check',
    'lines_check1',
    'lines_floor_per_minute_check',
    'lines_target_p95_ms_check',
    'lines_claim_window_ms_check',
    'lines_pass_ttl_ms_check',
    'lines_rate_per_minute_check',
    'lines_reentry_window_ms_check',
    'partner_keys_concert_ids_check',
    'partner_keys_key_hash_check',
    'partner_keys_name_check',
    'partner_keys_rate_per_minute_check',
    'seat_plan_seats_category_code_check',
    'seat_plan_seats_ordinal_check',
    'seat_plans_seat_count_check',
    'shows_first_seat_id_check',
    'shows_seat_count_check',
    'webhook_endpoints_description_check',
    'webhook_endpoints_event_types_check',
    'webhook_endpoints_url_check',
  ],
  'Numbers and lists that the one statement which writes them cannot make otherwise; nothing decides by them.':
    [
      'data_platform_progress_failures_check',
      'events_position_check',
      'invariant_checks_oracles_check',
      'invariant_checks_took_ms_check',
      'webhook_deliveries_attempts_check',
      'webhook_deliveries_check',
      'webhook_endpoints_secret_version_check',
    ],
  'What the test of `webhook-late-attempt-is-no-news` dies of.': ['webhook_deliveries_check1'],
  'Written from a row that the same transaction has read, and the app removes no row that anything points at.':
    [
      'audit_entries_actor_id_fkey',
      'audit_entries_partner_key_id_fkey',
      'entered_places_concert_id_fkey',
      'entered_places_fan_id_fkey',
      'idempotency_keys_fan_id_fkey',
      'lines_concert_id_fkey',
      'partner_keys_created_by_fkey',
      'payments_concert_id_fkey',
      'payments_fan_id_fkey',
      'prices_concert_id_fkey',
      'reservations_fan_id_fkey',
      'sale_stops_resumed_by_fkey',
      'sale_stops_show_id_fkey',
      'seat_plan_seats_seat_plan_id_fkey',
      'seats_show_id_fkey',
      'sessions_account_id_fkey',
      'shows_concert_id_fkey',
      'shows_seat_plan_id_fkey',
      'spent_passes_concert_id_fkey',
      'spent_passes_fan_id_fkey',
      'tickets_fan_id_fkey',
      'tickets_payment_id_fkey',
      'tickets_seat_id_fkey',
      'tickets_show_id_fkey',
      'transfers_credit_wallet_id_fkey',
      'transfers_debit_wallet_id_fkey',
      'transfers_payment_id_fkey',
      'wallets_account_id_fkey',
      'webhook_deliveries_endpoint_id_fkey',
      'webhook_deliveries_event_id_fkey',
    ],
}

/** Locks in code that no mutant takes out: the file, as often as it has one, and the reason. */
export const locksLeftOut: Record<string, string> = {
  'platform/migrate.ts':
    'the tool that migrates runs each migration in a transaction that fails when another did it first; the lock turns that into waiting',
  'waiting-room/ended-line-store.ts':
    'two that clean up after ended lines do the same thing twice, or wait for each other, and nobody waits for them',
  'webhooks/delivery-log-store.ts':
    'replays of an endpoint take turns by its row already, see webhook-changes-take-turns; this keeps them off deliveries that are being forgotten',
  'webhooks/delivery-store.ts':
    'two that bury what is pending for removed endpoints write the same words; skipping spares them the wait',
  'migrations/0010-retention.sql':
    'one of the four functions has a mutant, keys-are-forgotten-without-waiting; the others are made of the same words',
}
