# Vì sao một việc về chuyến xe không làm được. ĐN: đề nghị oxy; CH: chuyến xe.
TRP-001 = Chuyến số { $number } đang ở bước khác: { $stage ->
        [planned] đã lập, chờ nhận lời
        [told] nhà cung ứng và lái xe đã nhận lời
        [loaded] đã bốc lên xe
        [under_way] đang trên đường
        [closed] đã xong
        *[called_off] đã hủy
    }.
    .next = Tải lại trang để xem bước hiện tại.
TRP-002 = Chuyến chưa có xe.
    .next = Chọn xe trong danh sách Phương tiện, hoặc thêm xe mới.
TRP-003 = Xe { $plate } đã ngừng dùng.
    .next = Chọn xe khác, hoặc bỏ dấu «ngừng dùng» của xe nếu xe đã chạy lại.
TRP-004 = Oxy của { $who } chưa được phép dùng cho người bệnh.
    .next = Chọn nhà cung ứng khác, hoặc ghi giấy phép oxy y tế vào trang nhà cung ứng.
TRP-005 = Cơ sở này không thuộc tỉnh.
    .next = Chọn cơ sở trong tỉnh. Nơi nhận ngoài tỉnh: báo tỉnh đó lập lệnh.
TRP-006 = Chuyến chưa có điểm giao nào.
    .next = Đánh dấu ít nhất một đề nghị đã duyệt.
TRP-007 = Chuyến có { $stops } điểm, nhiều nhất là { $most }.
    .next = Chia thành hai chuyến.
TRP-008 = Giờ của chuyến chưa khớp thứ tự các điểm giao.
    .next = Giờ xuất phát trước điểm đầu, điểm sau không sớm hơn điểm trước, giờ xe rảnh sau điểm cuối.
TRP-010 = Xe { $plate } đã đi chuyến số { $trip }, từ { $from } đến { $to }.
    .next = Chọn xe khác, đổi giờ, hoặc thêm điểm giao vào chuyến đó.
TRP-011 = Xe { $plate } đang chở đề nghị số { $order }, dự kiến đến lúc { $at }.
    .next = Chọn xe khác, hoặc lập chuyến sau giờ đó.
TRP-012 = { $who } giao được { $has } trong ngày { $day }; không đủ thêm { $asked }. Đang giữ: { $holders }.
    .next = Gọi nhà cung ứng. Nếu họ giao được nhiều hơn, ghi vào «Khả năng giao»; nếu không, chọn nơi khác hoặc bớt lượng.
TRP-013 = { $who } còn { $has } theo lần báo gần nhất; không đủ cho mượn { $asked }. { $count ->
        [0] Chưa chuyến nào giữ.
        *[other] Đang giữ: { $holders }.
    }
    .next = Mượn ít hơn, hoặc chọn cơ sở khác.
TRP-014 = Hợp đồng { $who } còn { $has }; không đủ cho { $asked }. { $count ->
        [0] Chưa đề nghị nào giữ phần còn lại.
        *[other] Đang giữ: { $holders }.
    }
    .next = Dùng hợp đồng khác, ghi căn cứ mua ngoài hợp đồng, hoặc bớt lượng.
TRP-015 = Đề nghị số { $order } đã nằm trong { $trip ->
        [0] chính chuyến này, hai lần
        *[other] chuyến số { $trip }
    }.
    .next = Bỏ dấu đề nghị này, hoặc chuyển điểm giao giữa hai chuyến.
TRP-016 = Đề nghị số { $order } thuộc nhà cung ứng khác.
    .next = Lập chuyến riêng cho từng nhà cung ứng.
TRP-017 = Xe { $plate } không chở được loại oxy của đề nghị số { $order }.
    .next = Oxy lỏng cần xe bồn; chai cần xe tải chai.
TRP-018 = Xe { $plate } chở nhiều nhất { $most } chai; chuyến này { $asked } chai.
    .next = Chia thành hai chuyến, hoặc chọn xe lớn hơn.
TRP-019 = Đề nghị số { $order } là oxy mượn, đi theo chuyến của nó.
    .next = Bốc, giao trên trang của chuyến.
TRP-020 = Số nhận { $received } nhiều hơn số còn trên xe ({ $carried }).
    .next = Xem lại phiếu cân. Nếu xe chở nhiều hơn thật, nhờ trực điều hành ghi lại số đã bốc.
TRP-021 = Điểm giao số { $stop } đã kết thúc lúc { $at }.
    .next = Không cần gửi lại. Số ghi sai thì đính chính trên trang đề nghị.
TRP-022 = Cần đủ hai chữ ký: người giao và người nhận.
    .next = Mỗi người ký bằng ngón tay trên màn hình, hoặc đọc mã của mình.
TRP-023 = Chữ ký trên màn hình chưa đọc được.
    .next = Xóa và ký lại.
TRP-024 = Mã của người nhận không đúng.
    .next = Người nhận xem lại mã trên trang đề nghị của cơ sở mình, hoặc ký trên màn hình.
TRP-025 = Còn { $open } điểm giao chưa kết thúc.
    .next = Ghi đã giao hoặc không giao được cho từng điểm, rồi đóng chuyến.
TRP-026 = Số mang về { $back } nhiều hơn số còn trên xe ({ $carried }).
    .next = Xem lại số còn lại trong bồn xe.
TRP-030 = Liên kết này đã hết hạn.
    .next = Gọi trực điều hành oxy để nhận liên kết mới.
TRP-031 = Liên kết này đã mở trên { $devices } máy, lần đầu lúc { $at }.
    .next = Mỗi liên kết chỉ dành cho người được gửi. Gọi trực điều hành oxy để nhận liên kết của mình.
TRP-032 = Liên kết này đã được thay hoặc đã đóng.
    .next = Dùng liên kết mới nhất, hoặc gọi trực điều hành oxy.
TRP-033 = Liên kết này không mở được trên máy này.
    .next = Mở lại đúng tin nhắn có liên kết và bấm «Mở trên máy này», hoặc gọi trực điều hành oxy.
TRP-034 = Còn thiếu: { $what ->
        [starts_at] giờ xuất phát
        [source] nơi lấy oxy
        [eta] giờ dự kiến đến
        [stop] điểm giao
        [day] ngày
        [product] loại oxy
        *[why] lý do
    }.
    .next = Điền thêm rồi gửi lại.
