# Vì sao một dòng hoặc một danh sách văn bản chưa nhận được.
LST-001 = Dòng { $row } của tệp ghi độ mật từ Mật trở lên, nên cả tệp không được nhận và không lưu gì.
    .next = Bỏ các dòng văn bản mật khỏi tệp rồi gửi lại; văn bản mật không vào sổ này.
LST-002 = { $number } là văn bản của Đảng, chưa có xác nhận của văn thư.
    .next = Nếu được lưu ở đây, thêm cột «Văn bản Đảng được lưu ở đây», ghi «có» ở dòng này rồi gửi lại.
LST-003 = Số { $number } do phòng chỉ huy cấp, văn bản đã có trong sổ.
    .next = Không cần nhập dòng này.
