# Why a row or a list of letters was not taken.
LST-001 = Row { $row } of the file is marked secret, so the whole file is not taken and nothing of it is kept.
    .next = Take the secret papers out of the file and send it again; they do not belong in this register.
LST-002 = { $number } is a paper of the Party, and no clerk has confirmed that it may be kept here.
    .next = If it may, add the column «Văn bản Đảng được lưu ở đây», write «có» in this row and send it again.
LST-003 = The number { $number } was given by this command post; the paper is in the register.
    .next = This row need not be brought in.
