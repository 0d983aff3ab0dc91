# Why a request to the API is not taken.
WEB-003 = The request has no key against sending twice (Idempotency-Key).
    .next = Make a key on the sending machine: 8 to 80 letters, digits or hyphens. Keep it when sending again.
WEB-004 = “{ $field }” is not a moment: { $text }
    .next = Write it by RFC 3339 with its offset, for example 2026-11-22T02:14:00+07:00.
WEB-005 = The content is not JSON: reading stopped at line { $line }, column { $column }.
    .next = Send one JSON object in UTF-8.
WEB-006 = Something in the content is not as it should be: { $detail }
    .next = Compare it with the program's OpenAPI document.
WEB-007 = A parameter of the address is not as it should be: { $detail }
    .next = Compare it with the program's OpenAPI document.
WEB-008 = People waiting are counted, but patients by device are missing.
    .next = Send “patients” too; if nobody counted those waiting, “waiting” is null.
WEB-009 = This address does not take { $method }.
    .next = Compare it with the program's OpenAPI document.
WEB-010 = “{ $label }” was left blank.
    .next = Write 0 if there is none; if nobody counted, clear that whole block and send.
