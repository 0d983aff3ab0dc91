RUL-001 = { $day } has begun, so no rule can count from it.
    .next = Choose tomorrow or later; what was reckoned stays.
RUL-002 = No decision is named.
    .next = Give the number of the decision.
RUL-003 = { $part ->
        [steps] The steps must be rising numbers within 30 days of the deadline.
        [hours] The hours must lie between 0 and 24, the first before the last.
        [closing] The closing hour must lie between 1 and 24.
        [words] Each line needs the form «word: days».
        [receipts] The wait must lie between 1 and 720 hours.
       *[other] Working days must lie between 0 and 250.
    }
    .next = Correct it and send it again.
RUL-004 = There is no such version.
    .next = Choose one of the list.
RUL-005 = No field is named.
    .next = Choose one, or name another.
RUL-006 = This person holds no post there on that day.
    .next = Appoint him on the page of the body's staff first.
RUL-007 = The last day comes before the first.
    .next = Choose another day.
RUL-008 = He is in charge of that field already.
    .next = See the list.
RUL-009 = This charge has its end already.
    .next = Load the page again.
RUL-010 = Who received it?
    .next = Give name and post.
RUL-011 = Who decided, and in which words?
    .next = Give both.
RUL-012 = There is no name on the list.
    .next = With a picture or PDF, type the names.
RUL-013 = There is no column «Họ và tên».
    .next = Name the columns «Họ và tên» and «Đơn vị» and send it again.
RUL-014 = This file cannot be kept.
    .next = Send .xlsx, .csv, JPEG, PNG or PDF of at most 12 MB.
RUL-015 = No open task was chosen.
    .next = Choose one at least.
