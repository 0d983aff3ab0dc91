MTG-001 = Bản này vừa thay đổi hoặc đã qua bước này.
    .next = Tải lại trang, xem tình trạng mới rồi làm tiếp.
MTG-002 = Không có việc nào đang chờ giao.
    .next = Ghi việc, đơn vị và hạn trước rồi mới xác nhận.
MTG-003 = Người soạn không tự { $step ->
        [check] kiểm tra
       *[approve] duyệt
    } bản của mình.
    .next = Nhờ người khác làm bước này.
MTG-004 = «{ $words }» giống thông tin cá nhân.
    .next = Bỏ số điện thoại, số giấy tờ rồi gửi lại.
MTG-005 = Không có nội dung thứ { $line }.
    .next = Tải lại trang rồi chọn lại.
MTG-006 = Tệp này không lưu được.
    .next = Chọn tệp PDF hoặc ảnh (JPEG, PNG), tối đa 12 MB.
MTG-007 = «{ $words }» dẫn vào sổ nhập liệu.
    .next = Vụ việc không nối với số liệu và người nhập. Ghi theo biên bản, hồ sơ.
MTG-008 = Không có «{ $key }» trong danh mục.
    .next = Tải lại trang rồi chọn lại.
MTG-009 = Bản tin chưa có nội dung nào.
    .next = Chọn ít nhất một số liệu hoặc ghi một đoạn.
MTG-010 = Hạn của việc thứ { $line } sớm hơn ngày giao.
    .next = Sửa hạn của việc này rồi bấm lại.
MTG-011 = Lượt kiểm tra chưa chấm nội dung nào.
    .next = Chấm ít nhất một nội dung: đạt, chưa đạt hoặc không áp dụng.
