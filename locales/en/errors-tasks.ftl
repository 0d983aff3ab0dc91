TSK-001 = This task is { $stage ->
        [assigned] just given out
        [accepted] just taken up
        [under_way] under way
        [submitted] waiting for acceptance
        [returned] being reworked
        [done] done
       *[dropped] dropped
    }; that step has no place now.
    .next = Reload the page to see how it stands.
TSK-002 = There is no new evidence.
    .next = Add a picture, file, note or link, then hand it in.
TSK-003 = A reason is missing.
    .next = Say in a few words why.
TSK-004 = Nobody accepts what he handed in himself.
    .next = Ask another leader to look.
TSK-005 = This day has passed.
    .next = Choose today or a later day.
TSK-006 = { $name } holds no post in this body any more.
    .next = { $stands ->
        [nobody] Choose somebody else from the list.
       *[other] It can be given to { $stand_in }.
    }
TSK-007 = { $name } is away.
    .next = { $stands ->
        [nobody] Choose somebody else, or tick “Although away”.
       *[other] Give it to { $stand_in }, who stands in, or tick “Although away”.
    }
TSK-008 = This file cannot be taken.
    .next = Send a JPEG or PNG picture, a PDF, Word or Excel file of up to 12 MB.
TSK-009 = Nothing new was said.
    .next = Say something and send again.
TSK-010 = A share lies between 0 and 100, a part in the list.
    .next = Correct it and send again.
TSK-011 = { $body } is no unit of this body, so nothing is handed down to it.
    .next = Write a letter that asks it.
TSK-012 = This was answered already.
    .next = Reload the page to read the answer.
TSK-013 = Nobody stands above.
    .next = Answer it here.
TSK-014 = This link does not belong to the program.
    .next = Paste what follows the site's name, beginning with “/”.
TSK-015 = Too many.
    .next = Do it in several steps.
TSK-016 = This moment has not come.
    .next = Say when it happened.
