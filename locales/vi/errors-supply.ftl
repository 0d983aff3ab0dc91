# Vì sao một việc về cung ứng không làm được.
SUP-001 = Biển số «{ $plate }» chưa đúng dạng.
    .next = Ghi như trên xe, ví dụ 68C-123.45.
SUP-002 = Còn thiếu: { $what ->
        [phone] số điện thoại
        [reason] lý do
        [store] nơi chứa
        [facility] cơ sở
        [unordered_reason] lý do nhận khi chưa có lệnh
        [note] số phiếu giao
        [supplier] nhà cung ứng
        [deliverer] người giao ký
        [receiver] người nhận ký
        [driver] lái xe
        [said_by] người nhận lời
        [needed_by] giờ cần
        [eta] giờ dự kiến đến
        [due] hạn trả
        [legal_basis] căn cứ pháp lý
        [payer] bên thanh toán
        [signer] người ký
        [number] số
        [owner] đơn vị sở hữu
        [from] ngày bắt đầu
        [to] ngày kết thúc
        [subject] trích yếu
        [decider] người quyết định
        [giver] bên tặng, cho mượn
        [month] tháng
        *[name] tên
    }.
    .next = Điền thêm rồi gửi lại.
SUP-003 = Biển số { $plate } đã có trong danh sách, của { $owner }.
    .next = Xem lại biển số, hoặc sửa xe đã có.
SUP-004 = «{ $name }» đã có trong danh sách.
    .next = Sửa mục đã có, hoặc dùng tên, số khác.
SUP-006 = Ngày, giá hoặc giá trị hợp đồng chưa hợp lý.
    .next = Ngày kết thúc không trước ngày bắt đầu; giá và giá trị lớn hơn 0.
SUP-010 = Không thể tự duyệt đề nghị do mình gửi.
    .next = Gửi cho: lãnh đạo, hoặc một trực điều hành khác.
SUP-011 = Không thể tự duyệt đề nghị của đơn vị mình.
    .next = Gửi cho: tổ điều phối.
SUP-012 = Đề nghị này đang ở bước khác: { $stage ->
        [asked] chờ duyệt
        [approved] đã duyệt, chưa bốc lên xe
        [refused] không duyệt
        [accepted] nhà cung ứng đã nhận lời, chưa bốc lên xe
        [loaded] đã bốc lên xe
        [under_way] đang trên đường
        [partly_received] đã nhận một phần, phần còn lại chưa bốc
        [received] đã nhận
        [cancelled] đã hủy
        *[failed] giao không thành
    }.
    .next = Tải lại trang để xem bước hiện tại. Hàng đến mà chưa ghi bốc: nhờ trực điều hành ghi biển số, hoặc dùng «Nhận oxy không có lệnh».
SUP-013 = Đề nghị ngoài hợp đồng cần căn cứ pháp lý.
    .next = Chọn hợp đồng, hoặc ghi căn cứ mua khẩn cấp.
SUP-014 = Cần { $asked } vỏ chai rỗng để đổi, hiện chỉ có { $shells } (của cơ sở và nhà cung ứng).
    .next = Đặt ít hơn, gom vỏ rỗng, hoặc chọn nhà cung ứng có vỏ.
SUP-015 = Số lượng phải lớn hơn 0.
    .next = Nhập lại số lượng.
SUP-016 = Giờ cần ({ $at }) đã qua.
    .next = Chọn giờ sắp tới; nếu oxy đã đến, dùng «Nhận oxy không có lệnh».
SUP-017 = Hợp đồng { $number } không dành cho cơ sở này, hoặc đã chấm dứt.
    .next = Chọn hợp đồng khác, hoặc để ngoài hợp đồng.
SUP-018 = { $label } tự tạo oxy, không nạp được.
    .next = Chọn bồn, bình hoặc chai.
SUP-020 = Hợp đồng đã hết hạn ngày { $ended }, còn { $left } chưa dùng.
    .next = Chọn hợp đồng khác, gia hạn, hoặc để ngoài hợp đồng kèm căn cứ.
SUP-021 = Hợp đồng chỉ có hiệu lực từ { $begins }.
    .next = Chọn hợp đồng đang còn hiệu lực.
SUP-022 = Hợp đồng chỉ còn { $left }, không đủ cho { $asked }.
    .next = Giảm số lượng, hoặc chia sang hợp đồng khác.
SUP-023 = Xe { $plate } chở được { $capacity }, đã có { $taken }; không thêm được { $asked }.
    .next = Chia làm nhiều chuyến, hoặc chọn xe khác.
SUP-024 = Chưa có xe { $plate } trong danh sách.
    .next = Thêm xe ở «Phương tiện» rồi ghi lại.
SUP-030 = Xe tại cổng là { $plate }, nhưng lệnh ghi xe { $loaded }.
    .next = Xem lại biển số; nếu đã đổi xe, nhờ trực điều hành ghi lại xe.
SUP-031 = Phiếu giao { $note } đã được nhận lúc { $at }; sổ oxy không tăng thêm.
    .next = Nếu đây là chuyến khác, ghi đúng số phiếu của chuyến đó.
SUP-032 = Mã của lái xe chưa đúng.
    .next = Hỏi lại lái xe, hoặc bỏ trống để ký trên giấy.
SUP-033 = Cân cả xe ({ $gross }) phải lớn hơn cân xe không ({ $tare }).
    .next = Xem lại phiếu cân; có thể hai số bị đổi chỗ.
SUP-041 = Dòng { $row } chưa đọc được: «{ $line }».
    .next = Mỗi dòng ghi: số phiếu; số kg.
SUP-042 = Cộng các dòng được { $lines }, hóa đơn ghi { $total }.
    .next = Xem lại các dòng hoặc tổng.
SUP-043 = Chỉ còn nợ { $outstanding }, không trả được { $back }.
    .next = Nhập lại số lượng trả.
SUP-044 = Nơi cho mượn và nơi mượn là một.
    .next = Chọn hai cơ sở khác nhau.
SUP-045 = Tệp này chưa lưu được.
    .next = Gửi PDF, Word (.docx) hoặc ảnh, dưới 12 MB.
SUP-007 = Hợp đồng { $number } đã chấm dứt.
    .next = Dùng hợp đồng khác, hoặc nhập hợp đồng mới.
SUP-008 = Hợp đồng { $number } đã có phiếu nhận của nhà cung ứng đang ghi; không đổi sang nhà cung ứng khác.
    .next = Chấm dứt hợp đồng này rồi nhập hợp đồng mới.
SUP-034 = Số phiếu giao «{ $note }» chưa dùng được cho lần nhận này.
    .next = Xem lại số trên phiếu; nếu đúng, gọi phòng trực điều hành.
SUP-035 = Phiếu này đã được { $who } đính chính lúc { $at }.
    .next = Tải lại trang để xem phiếu đang dùng; nếu phiếu đó vẫn sai, đính chính phiếu đó.
SUP-036 = Người ghi phiếu không tự đính chính.
    .next = Nhờ người thứ hai đính chính: đồng nghiệp có quyền, hoặc phòng trực điều hành.
SUP-046 = Người nhập hóa đơn không tự xác nhận là khớp.
    .next = Nhờ người thứ hai xác nhận; nếu chưa khớp, chọn «đang có ý kiến khác» và ghi lý do.
