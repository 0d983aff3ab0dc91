//! The form as found and as refused, the receipt, the correction.

use web::view::*;

use super::facility::report;
use super::shell;

fn tank(store: &str, name: &str, unit: &str, full_mark: f64, last: f64, last_shown: &str) -> TankField {
    TankField {
        store: store.into(),
        name: name.into(),
        unit: unit.into(),
        unit_code: unit.to_lowercase(),
        full_mark,
        step: full_mark / 300.0,
        last: Some(last),
        last_shown: last_shown.into(),
        guard: String::new(),
        value: String::new(),
    }
}

/// The form, as an officer finds it.
pub fn form(t: Say) -> ReportForm {
    let mut around = shell(t, "/co-so/f0/bao-cao");
    around.user = Some(SignedIn {
        id: "a2".into(),
        name: "Lê Thị Mận".into(),
        post: "cán bộ đầu mối · BV Hải Âu".into(),
        sees_audit: false,
        sees_users: false,
        keeps_phones: false,
        has_phone: true,
        sets_state: false,
    });
    ReportForm {
        t,
        shell: around,
        key: "019a0000-0000-7000-8000-000000000000".into(),
        action: "/co-so/f0/bao-cao".into(),
        target: "f0".into(),
        already: None,
        facility: "BV Hải Âu".into(),
        shift: "Ca đêm 18:00 – 06:00".into(),
        last_told: "hôm qua 18:02".into(),
        happened: Happened {
            chosen: "now".into(),
            shift_start: "18:00".into(),
            other: "2026-11-22T01:30".into(),
            latest: "2026-11-22T02:14".into(),
        },
        tanks: vec![
            tank("s1", "Bồn oxy lỏng 1", "mmH2O", 3_000.0, 1_240.0, "1.240"),
            tank("s2", "Bồn oxy lỏng 2", "%", 100.0, 41.0, "41"),
        ],
        cylinders: vec![
            CylinderField {
                size: "40".into(),
                name: "Chai 40 L".into(),
                full: "18".into(),
                empty: "42".into(),
                part: "0".into(),
                damaged: "2".into(),
                more_open: false,
                untouched: true,
            },
            CylinderField {
                size: "10".into(),
                name: "Chai 10 L".into(),
                full: "6".into(),
                empty: "4".into(),
                part: "1".into(),
                damaged: "0".into(),
                more_open: true,
                untouched: true,
            },
        ],
        machines: vec![MachineField {
            store: "s5".into(),
            name: "Máy tạo oxy 10 L".into(),
            running: "4".into(),
            flow: "8".into(),
            unit: "L/phút".into(),
            unit_code: "l_per_min".into(),
            untouched: true,
        }],
        patients: [
            ("mask", "Mặt nạ, gọng kính", "22"),
            ("hfnc", "Oxy dòng cao", "8"),
            ("niv", "Thở máy không xâm nhập", "3"),
            ("invasive", "Thở máy xâm nhập", "5"),
            ("ecmo", "ECMO", "0"),
        ]
        .map(|(device, name, value)| PatientField {
            device: device.into(),
            name: name.into(),
            value: value.into(),
            untouched: true,
        })
        .into(),
        waiting: Waiting::default(),
        note: String::new(),
        told_by: None,
        touched: String::new(),
        refusal: None,
    }
}

/// The form that comes back: gas typed where the gauge belongs, all that was typed still there.
pub fn form_refused(t: Say) -> ReportForm {
    let mut page = form(t);
    page.tanks[0].value = "3100".into();
    page.cylinders[0].untouched = false;
    page.told_by = Some("ĐD. Phan Văn Đủ".into());
    page.refusal = Some(Refusal {
        sentence: "Mức 3.100 mmH2O không thể đúng: bồn này đầy ở 3.000.".into(),
        next: "Đồng hồ này đo bằng mmH2O, bạn có gõ số khác không?".into(),
        code: "OXY-014".into(),
        field: Some("tank.s1".into()),
        suggestions: vec![
            Suggestion { text: "Ý tôi là 310 mmH2O".into(), value: "tank.s1=310:mmh2o".into() },
            Suggestion { text: "Ý tôi là 3.100 m³ khí".into(), value: "tank.s1=3100:m3_gas".into() },
        ],
    });
    page
}

/// After sending.
pub fn receipt(t: Say) -> ReceiptPage {
    ReceiptPage {
        t,
        shell: form(t).shell,
        time: "02:14".into(),
        code: "7K2".into(),
        facility: "BV Hải Âu".into(),
        facility_href: "/co-so/f0".into(),
        left: Some(Range { low: "2 giờ 10".into(), high: Some("3 giờ 40".into()) }),
        means: vec!["Xe 3 đến lúc 04:20.".into(), "Báo cáo tiếp theo: trước 06:00.".into()],
        again: false,
        conflict: Some(
            "Trần Thị Sao vừa báo số khác cho cùng lúc này. Cả hai được giữ; phòng trực điều hành sẽ hỏi lại.".into(),
        ),
        report: report("7K2", "22/11/2026 02:02", "02:14"),
        copy: Copied("BV Hải Âu: đã báo lúc 02:14, mã 7K2.".into()),
        links: vec![Link { text: "Về trang cơ sở".into(), href: "/co-so/f0".into() }],
    }
}

/// Correcting a report, refused once for want of a reason.
pub fn correction(t: Say) -> CorrectionPage {
    let figure = |name: &str, label: &str, unit: &str, old: &str, value: &str, decimal| CorrectionLine {
        name: name.into(),
        label: label.into(),
        unit: unit.into(),
        old: old.into(),
        value: value.into(),
        decimal,
    };
    CorrectionPage {
        t,
        shell: form(t).shell,
        key: "019a0000-0000-7000-8000-000000000001".into(),
        action: "/bao-cao/7K2/dinh-chinh".into(),
        report: "r7".into(),
        facility: "BV Hải Âu".into(),
        back_href: "/co-so/f0".into(),
        original: report("7K2", "22/11/2026 02:02", "02:14"),
        lines: vec![
            figure("tank.s1", "Bồn oxy lỏng 1", "mmH2O", "385", "835", true),
            figure("full.40", "Chai 40 L, đầy", "chai", "12", "12", false),
            figure("patients.hfnc", "Oxy dòng cao", "người", "9", "9", false),
            figure("waiting", "Người thiếu oxy", "người", "", "", false),
        ],
        reasons: [
            ("unit", "nhầm đơn vị"),
            ("typing", "gõ nhầm"),
            ("facility", "nhầm cơ sở"),
            ("late", "biết thêm sau đó"),
        ]
        .map(|(value, text)| Choice { value: value.into(), text: text.into(), chosen: value == "typing" })
        .into(),
        reason: String::new(),
        refusal: Some(Refusal {
            sentence: "Xin ghi rõ vì sao sửa.".into(),
            next: "Một câu ngắn là đủ.".into(),
            code: "OXY-031".into(),
            field: Some("reason".into()),
            suggestions: Vec::new(),
        }),
    }
}
