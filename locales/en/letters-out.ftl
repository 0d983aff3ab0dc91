# Letters that go out: writing, checking, editing.
cli-letter = Letters: write a letter from a record
cli-letter-write = Write a letter (.docx or .pdf) from a JSON record
cli-argument-record = JSON record (docs/formats/letter-record.md)
cli-letter-ending = The file written must end with .docx or .pdf, not { $argument }.
