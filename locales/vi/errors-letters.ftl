DIR-001 = Văn bản này có dấu độ mật. Phần mềm không nhận và không lưu lại gì.
    .next = Xử lý theo quy định về bảo vệ bí mật nhà nước, không gửi qua đây.
DIR-002 = Đây là văn bản của Đảng, cần văn thư xác nhận được phép đưa vào.
    .next = Nếu được phép, đánh dấu «Được phép đưa vào phần mềm» rồi gửi lại.
DIR-003 = Văn bản { $called } đã có trong sổ.
    .next = Mở văn bản đã có thay vì nhập lần nữa.
DIR-004 = Không có chữ nào trong văn bản.
    .next = Dán lại nội dung, hoặc chọn tệp khác.
DIR-005 = Văn bản dài quá { $limit } ký tự.
    .next = Tách thành từng văn bản rồi nhập lại.
DIR-006 = Văn bản vừa được người khác thay đổi.
    .next = Tải lại trang, xem bản mới rồi làm tiếp.
DIR-007 = Việc thứ { $line } chưa giao được: { $what ->
        [nobody] chưa có đơn vị nhận
        [holder] người nhận việc không thuộc đơn vị được giao
        [past] ngày hạn đã qua
        [no-text] chưa có nội dung
        [too-many] quá nhiều việc trong một văn bản
       *[day] ngày hạn không đọc được
    }.
    .next = Sửa việc này rồi bấm lại.
DIR-008 = Chưa có lý do.
    .next = Ghi ngắn gọn vì sao.
