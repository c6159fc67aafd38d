-- Whoever gets the app's login to run a statement of their own makes nobody an operator, and turns no ticket, wallet or price into another's:
-- of these tables the product changes the columns named here, and no others. A role is given by the owner of the tables.
-- Locking a row (for update, for share) takes the right to change one of its columns.
revoke update on accounts, wallets, tickets, prices from greenroom_app;
grant update (name, locale, password_hash) on accounts to greenroom_app;
grant update (balance_minor) on wallets to greenroom_app;
grant update (state, used_at, used_by) on tickets to greenroom_app;
grant update (price_minor, changed_at) on prices to greenroom_app;
