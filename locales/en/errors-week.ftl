# Why a facility or a store does not end yet, and old commune codes.
WEK-001 = A facility cannot be merged into itself.
    .next = Choose the facility that takes over.
WEK-002 = { $name } has ended.
    .next = Choose one that is working; the page of { $name } names its successor.
WEK-003 = “{ $label }” was not counted within the last 24 hours.
    .next = Send this facility's new figures, then hand over.
WEK-004 = “{ $label }” is out of use already.
    .next = Open the facility's page to see what is in use.
WEK-005 = The reason is missing.
    .next = In a few words, such as “the tank's pad is under water”.
WEK-006 = This source of oxygen is in the register already.
    .next = Open the facility's page to see it.
WEK-010 = { $typed } is the old code of { $old }, which ended on { $ended }.
    .next = Today it is { $now }. Write the new code and import this row again.
WEK-011 = { $typed } is { $now } today, which does not belong to { $province }.
    .next = It may be an old code: { $old }. Look the code up in today's list.
