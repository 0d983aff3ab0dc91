DIR-001 = This paper is marked as secret. The program does not take it and keeps nothing of it.
    .next = Handle it under the rules for state secrets, not here.
DIR-002 = This is a paper of the Party; the clerk must say that it may be here.
    .next = If it may, tick «May be kept in the program» and send it again.
DIR-003 = The letter { $called } is in the register already.
    .next = Open it instead of entering it again.
DIR-004 = There is no text in the letter.
    .next = Paste the text again, or choose another file.
DIR-005 = The letter has more than { $limit } characters.
    .next = Enter the letters one by one.
DIR-006 = Somebody has just changed this letter.
    .next = Reload the page, look at the new state, then go on.
DIR-007 = Task { $line } cannot be given out: { $what ->
        [nobody] no body to do it
        [holder] the person does not belong to the body
        [past] the day is past
        [no-text] it has no words
        [too-many] too many tasks in one letter
       *[day] the day cannot be read
    }.
    .next = Mend this task and press again.
DIR-008 = The reason is missing.
    .next = Say why in a few words.
