# Lệnh lập kế hoạch giao hàng (bontaicho plan)
cli-plan = Lập kế hoạch giao hàng
cli-plan-irp = Giải bài toán tồn kho và tuyến xe kinh điển (tệp .dat của cuộc thi DIMACS lần 12)
cli-plan-irp-done = Tổng chi phí { $total } · hạt giống { $seed } · { $iterations } vòng lặp · { $seconds } giây. Đã kiểm tra lại theo mọi quy tắc.
cli-option-seconds = Tìm trong bao nhiêu giây
cli-option-seed = Hạt giống ngẫu nhiên; cùng hạt giống và cùng số vòng lặp thì ra cùng một kế hoạch
cli-option-iterations = Dừng sau bấy nhiêu vòng lặp, nếu chưa hết giờ
cli-option-threads = Số luồng tìm song song; mỗi luồng làm đủ số vòng lặp
cli-plan-seconds = { $argument } không phải số giây dùng được; ví dụ 60
cli-plan-threads = { $argument } không phải số luồng dùng được; chọn từ 1 đến 64
