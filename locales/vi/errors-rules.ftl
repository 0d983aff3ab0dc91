RUL-001 = Ngày { $day } đã đến hoặc đã qua nên không áp dụng quy định mới được.
    .next = Chọn từ ngày mai trở đi; những gì đã tính giữ nguyên.
RUL-002 = Chưa ghi số quyết định.
    .next = Ghi số quyết định ban hành quy định.
RUL-003 = { $part ->
        [steps] Các mốc nhắc việc phải là số, xếp tăng dần, trong khoảng 30 ngày trước và sau hạn.
        [hours] Giờ nhắn tin phải từ 0 đến 24, giờ bắt đầu trước giờ kết thúc.
        [closing] Giờ đóng sổ phải từ 1 đến 24.
        [words] Mỗi dòng phải có dạng «từ: số ngày».
        [receipts] Số giờ chờ nhận việc phải từ 1 đến 720.
       *[other] Số ngày làm việc phải từ 0 đến 250.
    }
    .next = Sửa lại rồi gửi.
RUL-004 = Không có bản quy định này.
    .next = Chọn một bản trong danh sách.
RUL-005 = Chưa rõ lĩnh vực nào.
    .next = Chọn trong danh sách, hoặc ghi tên lĩnh vực khác.
RUL-006 = Người này không giữ chức vụ ở đơn vị vào ngày đó.
    .next = Bổ nhiệm ở trang cán bộ của đơn vị trước, rồi giao phụ trách.
RUL-007 = Ngày cuối sớm hơn ngày đầu.
    .next = Chọn ngày khác.
RUL-008 = Người này đang phụ trách lĩnh vực đó rồi.
    .next = Xem ở danh sách đang phụ trách.
RUL-009 = Phân công này đã có ngày thôi.
    .next = Tải lại trang để xem.
RUL-010 = Chưa ghi ai nhận.
    .next = Ghi họ tên, chức vụ người nhận.
RUL-011 = Chưa ghi ai quyết định, hoặc nội dung quyết định.
    .next = Ghi cả hai.
RUL-012 = Chưa thấy tên ai trong danh sách.
    .next = Nếu gửi ảnh hoặc PDF, xin ghi tên từng người vào ô bên cạnh.
RUL-013 = Bảng này không có cột «Họ và tên».
    .next = Đặt tên cột là «Họ và tên», đơn vị là «Đơn vị», rồi gửi lại.
RUL-014 = Tệp này không lưu được.
    .next = Gửi .xlsx, .csv, ảnh JPEG hoặc PNG, hoặc PDF, đến 12 MB.
RUL-015 = Chưa chọn việc nào đang mở.
    .next = Chọn ít nhất một việc.
