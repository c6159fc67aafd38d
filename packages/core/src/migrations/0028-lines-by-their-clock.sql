-- `override = 'open'` stands for an opening before its time from now on, and ends with the close of the sale like any other. One
-- that was said after the close was meant to go past it.
update lines set closes_at = null where override = 'open' and closes_at <= now();
