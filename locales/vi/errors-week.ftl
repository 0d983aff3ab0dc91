# Vì sao một cơ sở hay một bồn chưa khép lại được, và mã xã cũ.
WEK-001 = Một cơ sở không thể nhập vào chính nó.
    .next = Chọn cơ sở tiếp nhận.
WEK-002 = { $name } đã thôi hoạt động.
    .next = Chọn cơ sở đang hoạt động; cơ sở tiếp nhận ghi ở trang của { $name }.
WEK-003 = «{ $label }» chưa được kiểm đếm trong 24 giờ qua.
    .next = Gửi số liệu mới của cơ sở này rồi bàn giao.
WEK-004 = «{ $label }» đã ngừng dùng từ trước.
    .next = Mở lại trang cơ sở để xem các nguồn đang dùng.
WEK-005 = Chưa ghi lý do ngừng dùng.
    .next = Ghi ngắn gọn, ví dụ «bệ bồn ngập nước».
WEK-006 = Nguồn oxy này đã có trong danh mục.
    .next = Mở lại trang cơ sở để xem.
WEK-010 = Mã { $typed } là mã cũ của { $old }, hết hiệu lực ngày { $ended }.
    .next = Ngày nay là { $now }. Ghi mã mới rồi nhập lại dòng này.
WEK-011 = Mã { $typed } ngày nay là { $now }, không thuộc { $province }.
    .next = Có thể là mã cũ: { $old }. Xem lại mã xã theo danh mục hiện hành.
