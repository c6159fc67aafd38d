-- What the running product acts as: every connection takes this role when it opens. It adds rows and changes those that
-- live; a ledger row is neither changed nor removed with it. Roles belong to the whole cluster, so this may exist already.
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
grant select, insert, update on all tables in schema public to greenroom_app;
grant usage on all sequences in schema public to greenroom_app;
-- the same for the tables of later migrations
alter default privileges in schema public grant select, insert, update on tables to greenroom_app;
alter default privileges in schema public grant usage on sequences to greenroom_app;
-- what was published is gone; nothing else ever is
grant delete on outbox to greenroom_app;
revoke update on transfers, payments, spent_passes, audit_entries from greenroom_app;
revoke insert, update on migrations from greenroom_app;
