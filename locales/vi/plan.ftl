# Phương án giao oxy: dòng lệnh.
cli-plan = Phương án giao oxy: lập, kiểm tra; bài toán tồn kho – tuyến xe kinh điển
cli-plan-check = Kiểm tra một phương án có giữ mọi quy tắc không, bằng phần mã khác với phần lập phương án
cli-argument-problem = Tệp dữ liệu đầu vào (docs/formats/plan.md)
cli-argument-plan = Tệp phương án (docs/formats/plan.md)
plan-file = Tệp { $name }:
plan-check-kept = Phương án giữ mọi quy tắc: { $trips } chuyến, { $stops } điểm giao.
plan-check-told = { $count } điều cần biết về dữ liệu đầu vào:
plan-check-refused = Chưa kiểm tra được: { $count } chỗ trong dữ liệu đầu vào cần sửa trước.
plan-check-faults = Phương án chưa giữ quy tắc ở { $count } chỗ:
plan-check-more = … và { $count } chỗ nữa; --format json cho đủ cả.
# Lệnh lập kế hoạch giao hàng (bontaicho plan)
cli-plan-irp = Giải bài toán tồn kho và tuyến xe kinh điển (tệp .dat của cuộc thi DIMACS lần 12)
cli-plan-irp-done = Tổng chi phí { $total } · hạt giống { $seed } · { $iterations } vòng lặp · { $seconds } giây. Đã kiểm tra lại theo mọi quy tắc.
cli-option-seconds = Tìm trong bao nhiêu giây
cli-option-seed = Hạt giống ngẫu nhiên; cùng hạt giống và cùng số vòng lặp thì ra cùng một kế hoạch
cli-option-iterations = Dừng sau bấy nhiêu vòng lặp, nếu chưa hết giờ
cli-option-threads = Số luồng tìm song song; mỗi luồng làm đủ số vòng lặp
cli-plan-seconds = { $argument } không phải số giây dùng được; ví dụ 60
cli-plan-threads = { $argument } không phải số luồng dùng được; chọn từ 1 đến 64
cli-plan-solve = Lập phương án giao oxy từ một tệp dữ liệu, rồi kiểm tra bằng phần mã khác
plan-solve-done = { $trips } chuyến, { $stops } điểm giao; chi phí { $cost } (người bệnh × ngày, có trọng số) · hạt giống { $seed } · { $iterations } lần thử.
