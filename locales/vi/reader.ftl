# Đọc văn bản: điều cần biết về tệp, và bản đọc in ra ở dòng lệnh.

letter-file-macros = Tệp có macro; không mở, không chạy.
letter-file-tracked-changes = Tệp còn sửa đổi chưa chấp nhận: đọc phần thêm vào, bỏ phần đã xóa.
letter-file-hidden-text = Có chữ ẩn, không đọc.
letter-file-pages-without-text = Có trang không có chữ (có thể là ảnh), chưa đọc được trang đó.
letter-file-recognised-text = Chữ do máy nhận dạng từ ảnh, có thể sai; cần đối chiếu.
letter-file-signs-without-letter = Một số ký tự trong PDF không rõ là chữ gì, đã bỏ qua.
letter-file-signature-caption = Dòng chú của chữ ký số không phải nội dung, đã bỏ qua.
letter-file-other-sheets = Chỉ đọc trang tính đầu tiên; các trang khác chưa đọc.

letter-read-issuer = Cơ quan ban hành: { $value }
letter-read-parent = Cơ quan chủ quản: { $value }
letter-read-number = Số, ký hiệu: { $value }
letter-read-date = Ngày: { $value }
letter-read-meeting = Ngày họp (chưa có ngày văn bản): { $value }
letter-read-kind = Loại: { $value }
letter-read-subject = Trích yếu: { $value }
letter-read-urgency = Độ khẩn: { $value }
letter-read-urgent = khẩn
letter-read-very-urgent = thượng khẩn
letter-read-immediate = hỏa tốc
letter-read-recipients = Kính gửi: { $value }
letter-read-references = Văn bản liên quan: { $value }
letter-read-attachments = Gửi kèm: { $value }
letter-read-report-to = Báo cáo về: { $value }
letter-read-signer = Người ký: { $value }
letter-read-copies = Nơi nhận: { $count } nơi; lưu: { $value }
letter-read-tasks = Nhiệm vụ: { $count }
letter-read-owner-unclear = chưa rõ ai
letter-read-unaddressed = không có trong «Kính gửi»
letter-read-due = hạn: { $value }
letter-read-unclear = chưa rõ
letter-read-refused = { $name }: { $sentence } ({ $code })

cli-letter-read = Đọc văn bản (.docx, .pdf có chữ, .xlsx, .txt): ai phải làm gì, đến khi nào
cli-argument-letters = Tệp văn bản; «-» là đầu vào chuẩn
