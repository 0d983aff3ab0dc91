# Tên các định mức của khoảng giờ còn lại.
norm-day-wave = chênh lệch ngày và đêm
norm-hour = chênh lệch giữa các giờ
norm-swing = đợt tăng giảm rồi trở lại
norm-turnover-per-day = người bệnh ra vào mỗi ngày
norm-reading-error = sai số một lần đọc, theo vạch đồng hồ
norm-length = độ dài một đợt
