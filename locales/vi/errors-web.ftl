# Vì sao một yêu cầu gửi tới API không nhận được.
WEB-003 = Lần gửi này thiếu mã chống gửi trùng (Idempotency-Key).
    .next = Tạo mã trên máy gửi: 8 đến 80 chữ không dấu, số hoặc gạch nối. Gửi lại thì giữ nguyên mã.
WEB-004 = «{ $field }» không phải là thời điểm: { $text }
    .next = Ghi theo RFC 3339 kèm múi giờ, ví dụ 2026-11-22T02:14:00+07:00.
WEB-005 = Nội dung gửi không phải là JSON: vướng ở dòng { $line }, cột { $column }.
    .next = Gửi một đối tượng JSON, mã hóa UTF-8.
WEB-006 = Nội dung gửi có chỗ chưa đúng: { $detail }
    .next = So lại với tài liệu OpenAPI của chương trình.
WEB-007 = Tham số trên đường dẫn chưa đúng: { $detail }
    .next = So lại với tài liệu OpenAPI của chương trình.
WEB-008 = Có số người đang chờ nhưng thiếu số người bệnh theo thiết bị.
    .next = Gửi kèm «patients»; chưa ai đếm người chờ thì để «waiting» là null.
WEB-009 = Địa chỉ này không nhận { $method }.
    .next = So lại với tài liệu OpenAPI của chương trình.
WEB-010 = Ô «{ $label }» còn trống.
    .next = Không có thì ghi 0; chưa đếm được thì xóa trống cả khối ấy rồi gửi.
