# Why a moment of the past is not shown.
PST-001 = { $moment } is still to come; it is { $now } now.
    .next = Choose a moment that has passed, or go back to now.
PST-002 = Nothing was written down here before { $day }.
    .next = Choose a moment from that day on.
PST-003 = “{ $text }” is not a moment.
    .next = Choose a day and an hour under “Look back to…”.
PST-004 = This page keeps no history, so it cannot be looked back at.
    .next = Go back to now to open it, or read the journal.
PST-005 = Nothing can be written into the past.
    .next = Go back to now and enter it there; say when it happened.
