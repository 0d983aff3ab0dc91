# Xem lại quá khứ: dải báo đầu trang, ô chọn thời điểm, lịch sử một mục.
past-band = Đang xem như lúc { $time } ngày { $date }
past-back = Về hiện tại
past-means = Những gì được báo hay được ghi sau lúc đó không có ở đây. Trang này chỉ để xem.
past-means-drill = Đồng hồ diễn tập đã được chỉnh: số liệu chỉ bỏ những gì xảy ra sau lúc đó. Trang này chỉ để xem.
past-today = Tên, địa bàn và số giường trong danh bạ hiện như hôm nay.
past-look = Xem lại lúc…
past-choose = Ngày và giờ
past-show = Xem
