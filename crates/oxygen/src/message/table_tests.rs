//! Messages as they come, with what each is read as: facility | figures | hour | speaker | questions.
//! Received at 18:20 on 22/11/2026. All names are invented.

use super::tests::Province;

const TABLE: &[(&str, &str)] = &[
    // The sentence of the commission, and its relatives.
    ("BV Hải Âu còn 2,1 khối, dùng 400 chai/ngày, 18h", "HA01 | tank1=2,1m3_liquid, used=400cylinder | 18:00"),
    ("BV Số 3 còn 2,1 khối, dùng 400 chai/ngày, 18h", "CS03 | used=400cylinder | 18:00 | ? which_vessel"),
    ("BV Hải Âu: bồn 45%, 120 chai đầy, 30 vỏ", "HA01 | tank1=45percent, full=120, empty=30"),
    ("bv hai au con 2,1 khoi", "HA01 | tank1=2,1m3_liquid"),
    ("BV HẢI ÂU CÒN 310 KG LÚC 17H30", "HA01 | tank1=310kg | 17:30"),
    ("Hải Âu còn 2t1 lúc 17h30", "HA01 | tank1=2,1t | 17:30"),
    ("HA01 còn 2 tấn 1", "HA01 | tank1=2,1t"),
    ("HA01 còn 2 tấn 300", "HA01 | tank1=2,3t"),
    ("HA01 còn 1 tấn rưỡi", "HA01 | tank1=1,5t"),
    ("TTYT Sông Đốc: 144 mmH2O, 12 HFNC, 3 thở máy", "SD02 | tank3=144mmH2O, hfnc=12, invasive=3"),
    ("Trung tâm y tế Sông Đốc bồn 144mmH2O", "SD02 | tank3=144mmH2O"),
    ("song doc 144 mm h2o luc 18h10", "SD02 | tank3=144mmH2O | 18:10"),
    // Units that do not fit are asked about.
    ("TTYT Sông Đốc bồn 45%", "SD02 |  | ? not_of_this_vessel"),
    ("BV Hải Âu bồn 480 %", "HA01 |  | ? not_of_this_vessel"),
    ("BV Hải Âu còn 310", "HA01 |  | ? no_unit"),
    ("BV Hải Âu còn 45 đó em", "HA01 |  | ? no_unit"),
    ("BV Hải Âu còn 1.200 kg", "HA01 | tank1=1200kg"),
    ("BV Hải Âu còn 1,200 kg", "HA01 |  | ? two_numbers"),
    ("BV Hải Âu còn 2.1 khối", "HA01 | tank1=2,1m3_liquid"),
    ("BV Hải Âu còn 1800 khối", "HA01 | tank1=1800m3"),
    ("BV Hải Âu còn 1800 m3 khí", "HA01 | tank1=1800m3"),
    ("BV Hải Âu còn 1,5 m3 lỏng", "HA01 | tank1=1,5m3_liquid"),
    ("BV Hải Âu còn 9 khối", "HA01 |  | ? not_of_this_vessel"),
    ("TTYT An Biên còn 2 khối", "AB04 |  | ? which_vessel"),
    ("còn 2,1 khối", "- |  | ? no_facility liquid_or_gas"),
    // Which facility.
    ("còn 45%", "- | tank?=45percent | ? no_facility"),
    ("BV Hải Âu 2 còn 60%", "HA02 | tank10=60percent"),
    ("BV Hải Âu còn 45%, TTYT Sông Đốc 144 mmH2O", "- | tank?=45percent, tank?=144mmH2O | ? several_facilities"),
    ("BV Thiên Đường còn 45%", "- | tank?=45percent | ? unknown_facility"),
    ("BVĐK Hải Âu còn 45%", "HA01 | tank1=45percent"),
    ("TTYT An Biên: 85 chai đầy 12 vỏ", "AB04 | full=85, empty=12"),
    ("ttyt kv an bien 85 chai day, vo 12", "AB04 | full=85, empty=12"),
    ("Bệnh viện đa khoa Hải Âu: mức bồn 45 phần trăm", "HA01 | tank1=45percent"),
    // Several tanks.
    ("BV Số 3 bồn 1 còn 2.400 kg, bồn 2 60%", "CS03 | tank5=2400kg, tank6=60percent"),
    ("BV Số 3: bồn số 1: 2,4 tấn; bồn số 2: 60%", "CS03 | tank5=2,4t, tank6=60percent"),
    ("BV Số 3 bồn 60%", "CS03 |  | ? which_vessel"),
    ("BV Số 3 chai 40 lít: đầy 120, vỏ 30", "CS03 | full=120, empty=30"),
    ("BV Số 3 còn 120 chai", "CS03 |  | ? which_vessel"),
    // Cylinders.
    ("HA01 chai đầy: 120; vỏ: 30", "HA01 | full=120, empty=30"),
    ("HA01 còn 120 chai", "HA01 | full=120"),
    ("HA01 120 chai", "HA01 |  | ? full_or_empty"),
    ("HA01 đầy 120 vỏ 30", "HA01 | full=120, empty=30"),
    ("HA01 120 đầy 30 vỏ", "HA01 | full=120, empty=30"),
    ("HA01 30 vỏ chai, 15 chai đang dùng", "HA01 | empty=30, part=15"),
    ("HA01 cần 100 chai", "HA01 |  | ? no_figure"),
    ("HA01 nhận 2 tấn lúc 16h, giờ bồn 90%", "HA01 | tank1=90percent | 16:00"),
    ("HA01 vừa nạp lên 90%", "HA01 | tank1=90percent"),
    ("HA01 dùng 400 chai", "HA01 |  | ? used_in_what_time"),
    ("HA01 tiêu thụ 1,2 tấn/ngày, còn 40%", "HA01 | used=1,2t, tank1=40percent"),
    ("HA01 120/30", "HA01 |  | ? no_unit no_unit"),
    // Patients and people who wait.
    ("HA01: HFNC 12, thở máy 3, mask 20", "HA01 | hfnc=12, invasive=3, mask=20"),
    ("HA01 12 HFNC 3 thở máy", "HA01 | hfnc=12, invasive=3"),
    ("HA01 HFNC 12 thở máy 3", "HA01 | hfnc=12, invasive=3"),
    ("HA01 có 12 ca HFNC, 2 ca thở máy không xâm nhập, 1 ECMO", "HA01 | hfnc=12, niv=2, ecmo=1"),
    ("HA01 20 bn thở oxy, 4 bn dòng cao", "HA01 | mask=20, hfnc=4"),
    ("HA01 35 bệnh nhân", "HA01 |  | ? which_device"),
    ("HA01 bồn 45%, 5 người chờ giường", "HA01 | tank1=45percent, waiting=5"),
    ("HA01 bồn 45%, không có ai chờ", "HA01 | tank1=45percent, waiting=0"),
    ("HA01 chờ oxy 3, chờ chuyển viện: 2", "HA01 |  | ? contradiction"),
    ("HA01 cho oxy 3 benh nhan", "HA01 |  | ? which_device"),
    // Time.
    ("HA01 45% 6h sáng", "HA01 | tank1=45percent | 06:00"),
    ("HA01 45% lúc 5h chiều", "HA01 | tank1=45percent | 17:00"),
    ("HA01 45% sáng nay", "HA01 | tank1=45percent | ? what_hour"),
    ("HA01 45% hôm qua 22h", "HA01 | tank1=45percent | 22:00 -1"),
    ("HA01 45% lúc 20h", "HA01 | tank1=45percent | ? later_than_now"),
    ("HA01 45% 17 giờ 30 ngày 22/11/2026", "HA01 | tank1=45percent | 17:30"),
    ("HA01 45%, còn khoảng 6h nữa hết", "HA01 | tank1=45percent"),
    ("HA01 45% hiện tại", "HA01 | tank1=45percent | 18:20"),
    ("HA01 45% lúc 16h, 18h", "HA01 | tank1=45percent | ? contradiction"),
    // Who said it, what is no figure.
    ("Em Lan TTYT Sông Đốc báo bồn 144 mmH2O ạ", "SD02 | tank3=144mmH2O | Em Lan"),
    ("HA01 45%. Người báo: ĐD Trần Thị Sao 0912 345 678", "HA01 | tank1=45percent | ĐD Trần Thị Sao"),
    ("HA01 45%, đt 0297.3555014", "HA01 | tank1=45percent"),
    ("HA01: SpO2 94%, bồn 45%", "HA01 | tank1=45percent"),
    // Contradictions and the end.
    ("HA01 còn 45%, à nhầm 60%", "HA01 |  | ? contradiction"),
    ("HA01 còn 45%, nhắc lại 45%", "HA01 | tank1=45percent"),
    ("HA01 45% (khoảng 1.350 kg)", "HA01 | tank1=45percent"),
    ("HA01 hết oxy rồi!!!", "HA01 |  | ? says_empty"),
    ("HA01 sắp hết oxy, còn 10%", "HA01 | tank1=10percent"),
    ("HA01 bồn 3 tấn", "HA01 |  | ? level_or_size"),
    ("Mức bồn (kg): 310\nCơ sở: HA01\nChai đầy: 12\nVỏ: 8", "HA01 | tank1=310kg, full=12, empty=8"),
    ("", "- |  | ? no_facility no_figure"),
    ("Dạ vâng ạ", "- |  | ? no_facility no_figure"),
];

/// OX07: what a message says is proposed as it was meant, or asked about.
#[test]
fn messages_are_read_as_they_were_meant() {
    assert!(TABLE.len() >= 60, "{}", TABLE.len());
    let province = Province::new();
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|(text, expected)| {
            let shown = province.shown(&province.read(text, None));
            (shown != *expected).then(|| format!("{text}\n   is  {shown}\n   not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), TABLE.len(), wrong.join("\n"));
}
