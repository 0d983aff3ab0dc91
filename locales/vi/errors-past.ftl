# Vì sao một lúc đã qua không xem lại được.
PST-001 = { $moment } chưa tới; bây giờ là { $now }.
    .next = Chọn một lúc đã qua, hoặc về hiện tại.
PST-002 = Ở đây bắt đầu ghi từ ngày { $day }; trước đó chưa có gì để xem lại.
    .next = Chọn một lúc từ ngày đó trở đi.
PST-003 = «{ $text }» không phải là một thời điểm.
    .next = Chọn ngày và giờ ở ô «Xem lại lúc…».
PST-004 = Trang này không giữ lịch sử nên không xem lại được.
    .next = Về hiện tại để mở trang, hoặc xem nhật ký.
PST-005 = Không ghi được vào quá khứ.
    .next = Về hiện tại rồi nhập; việc đã qua thì ghi rõ giờ xảy ra.
