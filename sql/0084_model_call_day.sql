-- The conversations behind what models cost in a period, read from the index alone: a year has millions of calls.
create index model_call_of_day on model_call (day) include (job, conversation_id, at, cost_usd);
