# Dự báo tính cả số liệu từng ngày.
daily-begun = Đã tính số liệu từng ngày đến hết { $day }: tuần này đến nay có { $count } người, kể cả phần ước tính sẽ báo muộn.
daily-until = Đã tính số liệu từng ngày đến hết { $day }.
daily-led = Có tính cả số { $signal }, vì số này thường tăng, giảm trước vài ngày.
