# Phương án giao oxy: dòng lệnh.
cli-plan = Phương án giao oxy: kiểm tra
cli-plan-check = Kiểm tra một phương án có giữ mọi quy tắc không, bằng phần mã khác với phần lập phương án
cli-argument-problem = Tệp dữ liệu đầu vào (docs/formats/plan.md)
cli-argument-plan = Tệp phương án (docs/formats/plan.md)
plan-file = Tệp { $name }:
plan-check-kept = Phương án giữ mọi quy tắc: { $trips } chuyến, { $stops } điểm giao.
plan-check-told = { $count } điều cần biết về dữ liệu đầu vào:
plan-check-refused = Chưa kiểm tra được: { $count } chỗ trong dữ liệu đầu vào cần sửa trước.
plan-check-faults = Phương án chưa giữ quy tắc ở { $count } chỗ:
plan-check-more = … và { $count } chỗ nữa; --format json cho đủ cả.
