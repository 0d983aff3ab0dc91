# Mục chờ trên điện thoại, điện thoại tin cậy.
OFF-001 = Mục này do người khác viết trên cùng điện thoại.
    .next = Người viết đăng nhập thì máy tự gửi.
OFF-002 = Mã PIN phải là sáu chữ số, không phải sáu số giống nhau hay một dãy liên tiếp.
    .next = Chọn sáu số khác mà bạn nhớ được.
OFF-003 = Hai lần gõ mã PIN không giống nhau.
    .next = Gõ lại cả hai ô.
OFF-004 = Mã PIN chưa đúng. Còn { $left } lần thử.
    .next = Quên mã thì đăng nhập bằng mật khẩu rồi đặt mã khác.
OFF-005 = Điện thoại này đã bị khóa vì gõ sai mã PIN nhiều lần.
    .next = Đăng nhập bằng mật khẩu. Báo cáo đang chờ vẫn nằm trên máy và sẽ được gửi sau khi đăng nhập.
OFF-006 = Điện thoại này đã được báo mất nên không mở được bằng mã PIN.
    .next = Máy vẫn ở chỗ bạn thì đăng nhập bằng mật khẩu. Báo cáo đang chờ vẫn nằm trên máy và sẽ được gửi sau khi đăng nhập.
OFF-007 = Máy này chưa được đặt làm điện thoại tin cậy.
    .next = Đăng nhập bằng mật khẩu, rồi đặt mã PIN trong mục «Điện thoại này».
OFF-008 = Tài khoản này không báo cho một cơ sở, nên không dùng mã PIN.
    .next = Đăng nhập bằng mật khẩu.
