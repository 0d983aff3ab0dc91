MTG-001 = This has just changed, or is past this step.
    .next = Reload the page, look at the new state, then go on.
MTG-002 = Nothing waits to be given out.
    .next = Write down what, who and until when, then confirm.
MTG-003 = Whoever drafted it does not { $step ->
        [check] check
       *[approve] approve
    } it.
    .next = Ask somebody else to do this step.
MTG-004 = «{ $words }» looks like personal data.
    .next = Leave telephones and numbers of papers out and send it again.
MTG-005 = There is no line { $line }.
    .next = Reload the page and choose again.
MTG-006 = This file is not kept.
    .next = Choose a PDF or a picture (JPEG, PNG) of 12 MB at most.
MTG-007 = «{ $words }» leads into data entry.
    .next = A case has nothing to do with figures and who typed them. Write what the minutes say.
MTG-008 = There is no «{ $key }» in the list.
    .next = Reload the page and choose again.
MTG-009 = There is nothing in the bulletin.
    .next = Choose a figure or write a paragraph.
MTG-010 = Line { $line } is due before it was ordered.
    .next = Mend its deadline and press again.
MTG-011 = No line of the list was looked at.
    .next = Choose at least one: met, not met or not applicable.
