# Văn bản đi: soạn, kiểm tra, sửa.
cli-letter = Văn bản: soạn văn bản đi từ bản ghi
cli-letter-write = Soạn một văn bản (.docx hoặc .pdf) từ bản ghi JSON
cli-argument-record = Bản ghi JSON (docs/formats/letter-record.md)
cli-letter-ending = Tên tệp ghi ra phải kết thúc bằng .docx hoặc .pdf, không phải { $argument }.
