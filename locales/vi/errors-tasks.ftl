TSK-001 = Việc này { $stage ->
        [assigned] mới giao
        [accepted] mới nhận
        [under_way] đang làm
        [submitted] đang chờ nghiệm thu
        [returned] đang làm lại
        [done] đã hoàn thành
       *[dropped] đã thôi giao
    }, không làm bước đó được.
    .next = Tải lại trang để xem tình trạng mới nhất.
TSK-002 = Chưa có minh chứng mới.
    .next = Thêm một ảnh, tệp, ghi chép hoặc liên kết rồi nộp lại.
TSK-003 = Chưa có lý do.
    .next = Ghi ngắn gọn vì sao.
TSK-004 = Không thể tự nghiệm thu việc do chính mình nộp.
    .next = Nhờ một lãnh đạo khác xem.
TSK-005 = Ngày này đã qua.
    .next = Chọn hôm nay hoặc một ngày sau.
TSK-006 = { $name } không còn giữ nhiệm vụ ở đơn vị này.
    .next = { $stands ->
        [nobody] Chọn người khác trong danh sách.
       *[other] Có thể giao cho { $stand_in }.
    }
TSK-007 = { $name } đang vắng.
    .next = { $stands ->
        [nobody] Chọn người khác, hoặc đánh dấu «Vẫn giao dù đang vắng».
       *[other] Giao cho { $stand_in } đang thay, hoặc đánh dấu «Vẫn giao dù đang vắng».
    }
TSK-008 = Tệp này không nhận được.
    .next = Gửi ảnh JPEG hoặc PNG, PDF, Word hoặc Excel, đến 12 MB.
TSK-009 = Chưa có nội dung gì mới.
    .next = Ghi một điều rồi gửi lại.
TSK-010 = Phần trăm phải từ 0 đến 100, phần việc phải có trong danh sách.
    .next = Sửa lại rồi gửi.
TSK-011 = { $body } không trực thuộc đơn vị này nên không giao xuống được.
    .next = Gửi văn bản đề nghị phối hợp.
TSK-012 = Vướng mắc này đã có trả lời.
    .next = Tải lại trang để đọc.
TSK-013 = Không còn cấp nào trên để chuyển.
    .next = Trả lời tại đây.
TSK-014 = Liên kết này không thuộc phần mềm.
    .next = Dán phần sau tên trang, bắt đầu bằng dấu «/».
TSK-015 = Quá nhiều mục.
    .next = Chia thành nhiều lần.
TSK-016 = Thời điểm này chưa đến.
    .next = Ghi lúc sự việc đã xảy ra.
