-- Refusals have two reasons that call for two things: too much was asked (refused_per_second), or a rule of the sale says no. Samples
-- of before say nothing of the second.
alter table sale_samples add column refused_by_rules_per_second real;
