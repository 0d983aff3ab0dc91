# Forecasts that use counts of days.
daily-begun = Counts of days until the end of { $day } are used: { $count } people this week so far, with what will probably still be told.
daily-until = Counts of days until the end of { $day } are used.
daily-led = Counts of { $signal } are used too: they rise and fall some days before.
