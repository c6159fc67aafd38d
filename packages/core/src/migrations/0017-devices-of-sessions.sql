-- What a fan is shown of their sessions, to know their own devices by; and where each came from, so that who signs in from a
-- known network is not held up by strangers who guess at the account. Both go with the row.
alter table sessions
  add column user_agent text check (length(user_agent) <= 300),
  add column network text check (length(network) <= 64);
