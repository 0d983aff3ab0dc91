//! From where a figure came. Shown beside it: value, unit, age, source.

use serde::{Deserialize, Serialize};

use crate::StoreKind;

/// How a figure reached the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The entry form, by the facility itself.
    Form,
    /// A spreadsheet or text file.
    File,
    /// A message pasted by the desk.
    PastedMessage,
    /// Told by telephone and typed by the desk.
    Phone,
    /// Read from a photo of the gauge.
    Photo,
    /// A gauge that reports by itself.
    Sensor,
    /// Invented by the simulator; always marked on screen.
    Simulation,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 7] =
        [Self::Form, Self::File, Self::PastedMessage, Self::Phone, Self::Photo, Self::Sensor, Self::Simulation];

    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::File => "file",
            Self::PastedMessage => "pasted_message",
            Self::Phone => "phone",
            Self::Photo => "photo",
            Self::Sensor => "sensor",
            Self::Simulation => "simulation",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Form => "phiếu nhập",
            Self::File => "tệp",
            Self::PastedMessage => "tin nhắn",
            Self::Phone => "điện thoại",
            Self::Photo => "ảnh đồng hồ",
            Self::Sensor => "cảm biến",
            Self::Simulation => "mô phỏng",
        }
    }

    /// The label beside a figure of a store: what the officer looked at when he filled in the form,
    /// otherwise how the figure came.
    pub const fn label_for(self, kind: StoreKind) -> &'static str {
        match (self, kind) {
            (Self::Form, StoreKind::Tank) => "đồng hồ bồn",
            (Self::Form, StoreKind::Dewar) => "đồng hồ bình",
            (Self::Form, StoreKind::Cylinders) => "đếm chai",
            (Self::Form, StoreKind::Plant | StoreKind::Concentrators) => "máy tạo oxy",
            _ => self.label(),
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.code()), Some(source));
            assert_eq!(serde_json::to_string(&source).unwrap(), format!("{:?}", source.code()));
        }
        assert_eq!(Source::Form.label_for(StoreKind::Tank), "đồng hồ bồn");
        assert_eq!(Source::Phone.label_for(StoreKind::Tank), "điện thoại");
    }
}
