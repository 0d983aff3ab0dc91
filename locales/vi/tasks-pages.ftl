# Danh sách việc nhiều trang: hiện bao nhiêu trong bao nhiêu, trang sau.
tasks-next = Xem các việc tiếp theo
tasks-shown = Đang hiện { $count } trong { $all } việc.
tasks-newest-first = Có { $count } việc khớp với các từ đã tìm; việc mới giao đứng trước. Thêm từ hoặc chọn đơn vị để xếp theo mức gấp.
tasks-found-many = Tìm thấy { $count } việc.
task-digest-cut = Số trong câu trên là đủ; mỗi mục dưới đây chỉ kê những việc gấp nhất, xem hết ở danh sách việc.
