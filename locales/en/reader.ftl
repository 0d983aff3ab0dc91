# Reading letters: what to know about the file, and the reading as the command line prints it.

letter-file-macros = The file carries macros; they were neither opened nor run.
letter-file-tracked-changes = Changes are not accepted yet: inserted text was read, deleted text left out.
letter-file-hidden-text = Hidden text was left out.
letter-file-pages-without-text = Some pages hold no text (perhaps pictures) and were not read.
letter-file-recognised-text = The text was recognised from pictures and may be wrong; compare it.
letter-file-signs-without-letter = Some signs of the PDF have no letter and were left out.
letter-file-signature-caption = The caption of the digital signature is no content and was left out.
letter-file-other-sheets = Only the first sheet was read.

letter-read-issuer = Issuer: { $value }
letter-read-parent = Parent body: { $value }
letter-read-number = Number: { $value }
letter-read-date = Date: { $value }
letter-read-meeting = Date of the meeting (the paper has none yet): { $value }
letter-read-kind = Kind: { $value }
letter-read-subject = Subject: { $value }
letter-read-urgency = Urgency: { $value }
letter-read-urgent = urgent
letter-read-very-urgent = very urgent
letter-read-immediate = immediate
letter-read-recipients = To: { $value }
letter-read-references = Documents named: { $value }
letter-read-attachments = Attached: { $value }
letter-read-report-to = Report to: { $value }
letter-read-signer = Signed by: { $value }
letter-read-copies = Copies: { $count }; archive: { $value }
letter-read-tasks = Tasks: { $count }
letter-read-owner-unclear = not said who
letter-read-unaddressed = not among the addressees
letter-read-due = due: { $value }
letter-read-unclear = unknown
letter-read-refused = { $name }: { $sentence } ({ $code })

cli-letter-read = Read letters (.docx, .pdf with text, .xlsx, .txt): who is to do what, until when
cli-argument-letters = Files of letters; “-” is the standard input
