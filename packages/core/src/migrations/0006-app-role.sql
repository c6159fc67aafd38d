-- What the running product connects as: everything it does and nothing more. A ledger row cannot be changed or
-- removed with it, whatever the code says. Roles belong to the whole cluster, so this may already exist.
do $$
begin
  if not exists (select from pg_roles where rolname = 'greenroom_app') then
    create role greenroom_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database's migration made it at the same moment
end
$$;
grant greenroom_app to current_user;
grant usage on schema public to greenroom_app;
grant select, insert, update, delete on all tables in schema public to greenroom_app;
grant usage on all sequences in schema public to greenroom_app;
revoke update, delete on transfers, spent_passes, audit_entries, payments from greenroom_app;
revoke insert, update, delete on migrations from greenroom_app;
