//! What each page shows, as plain values, and the templates that show it.
//!
//! Lives here: one struct per page, already formatted for its reader; the words come from `locale` through [`Say`].
//! Not here: where the values come from (the handlers), any rule of the domain, any HTML written in Rust.
//! A page is sent with `page.render()` ([`Template`]).
//!
//! # Routes and the names of form fields
//!
//! Every POST carries `csrf` ([`Shell::csrf`]). Every POST that writes carries `key`, the idempotency key: the script
//! makes it on the device, and the server's own value stands in the field for a browser without script.
//!
//! | route | fields |
//! |---|---|
//! | POST /thiet-lap | `csrf key setup_code name username password password_again province` |
//! | POST /dang-nhap | `csrf username password next` |
//! | POST /dang-xuat | `csrf` |
//! | POST /demo/vao | `csrf role` (values of [`DemoRole::role`]) |
//! | POST /demo/dong-ho | `csrf back command` = `pause`, `resume`, `jump-1h`, `jump-6h`, `jump-24h`, `speed-1`, `speed-60`, `speed-600` |
//! | POST /ngon-ngu | `csrf back locale` = `vi`, `en` |
//! | POST /trang-thai | `csrf back state` = `routine`, `heightened`, `emergency` |
//! | GET of every page | `biet` as it was known at a moment (`2026-11-22T02:14`), see `pages::past`; a POST that carries it is refused |
//! | GET /oxy | `q` search, `tat-ca=1` every row |
//! | GET /oxy/bang | `tu` sequence number, `q`, `tat-ca`; answers 204 while nothing is newer than `tu` and the shown hours are still right, else the fragment [`BoardFragment`] |
//! | GET /so-ca | `loai` a signal, `xem=ngay-bao` by day of report |
//! | GET /ca-mac | moved to /so-ca for good |
//! | GET /dinh-muc | |
//! | GET /co-so/{id} | `truoc` reports before this moment |
//! | POST /co-so/{id}/bao-cao (multipart) | `csrf key happened` = `now`, `shift`, `other`; `happened_other` (`2026-11-22T01:30`); per tank `tank.{store}` as typed and `tank.{store}.unit`; per plant or kind of concentrator `running.{store}` units and, each, `tank.{store}` with `tank.{store}.unit`; per size `full.{size}`, `part.{size}`, `empty.{size}`, `damaged.{size}`; `patients.{device}`; `waiting`, `waiting_unasked=1` («chưa hỏi»); `photo`; `note`; `told_by` (the desk enters for a facility); `touched` names of the fields that a hand touched, separated by blanks (empty without script); `meant` the value of the suggestion that was pressed |
//! | GET /bien-nhan/{code} | |
//! | POST /bao-cao/{id}/dinh-chinh | `csrf key reason_kind reason` and each [`CorrectionLine::name`] |
//! | GET /nhat-ky | `q`, `truoc` (page before this mark) |
//! | POST /nguoi-dung | `csrf key name username role scope` |
//! | GET /phuong-tien/chuoi, GET /phuong-tien/giuong | |
//! | POST /co-so/{id}/chuoi | `csrf key part name told_by link gone` and the fields of `pages::chain_forms`; flows as typed with `…_unit` |
//! | POST /co-so/{id}/bang-do | `csrf key store shown held table valid_from source` |
//! | POST /co-so/{id}/giuong | `csrf key counted_at told_by` and one count each |
//! | POST /phuong-tien/kiem-dinh, /phuong-tien/cong-trinh, /phuong-tien/thiet-lap | `csrf key facility` and the fields of the register; `vessel`, `work`, `site` name the record that is changed |
//! | POST /chi-dao/van-ban-di, /chi-dao/van-ban-di/kiem | `csrf key kind unit urgency subject recipients body copies archive due_day`; the second writes nothing and answers with the fragment [`LetterChecks`] |
//! | POST /chi-dao/bao-cao/{id}/sua | the same without `kind unit`, with `paper seen` |
//! | POST /dien-thoai | `csrf pin pin_again` |
//! | POST /ma-pin | `csrf pin next` |
//! | POST /nguoi-dung/dien-thoai/{id}/mat | `csrf key` |
//! | POST /nhap/bao-cao/{id}, /nhap/dinh-chinh/{id} (multipart, `x-csrf-token`) | those of the form, and `user` its writer, `typed_at`, `device_now` milliseconds by the clock of the device |
//! | POST /chuyen | `csrf key plate driver phone source starts_at ends_at`, `don.{order}=1`, `thu-tu.{order}`, `den.{order}`, `vo.{order}`, `ghi-chu.{order}` |
//! | POST /chuyen/{id} | `csrf key form` the step and its fields, see `pages::trips::steps` |
//! | POST /giao/{id} | `ma` the secret of the address |
//! | POST /giao/{id}/viec, POST /nhap/giao/{id} (JSON answer) | `csrf key do stop` and the fields of the step, see `pages::carrier::deeds`; from a queue `typed_at`, `device_now` |
//!
//! Language and theme are the cookies `locale` (`vi`, `en`) and `theme` (`light`, `dark`; absent: as the device says);
//! the script writes `theme` itself.

mod board;
mod entry;
mod facility;
mod figure;
mod inbox;
mod letter;
mod letter_register;
mod letter_write;
mod offline;
mod past;
mod people;
mod phone;
mod plain;
mod problem;
mod register;
mod report;
mod rooms;
mod shell;
mod trips;
mod wall;

pub use askama::Template;
pub use board::{
    AllClear, Aside, Board, BoardFragment, Copied, FacilityRow, Heard, Number, OnRoad, OxygenPage, RowsShown, Stale,
    Strip,
};
pub use entry::{DemoRole, SetupPage, SignInPage};
pub use facility::{
    Bed, Contact, Contacts, DevicePatients, FacilityPage, Installation, Owner, ReportSummary, ReportedLine, Series,
};
pub use figure::{Choice, Figure, Left, Link, Phone, Range, Say, Tone};
pub use inbox::{Asked, ConfirmField, ConfirmForm, ConfirmRow, InboxMessagePage, Mark, Piece as InboxPiece, Settled};
pub use letter::{Fact, LetterForm, LetterPage, TaskCard, TaskLine, TaskOfBody, TextPiece};
pub use letter_register::{LetterRegister, LetterStamp, RegisterLine};
pub use letter_write::{CheckLine, Checks, LetterChecks, LetterWritePage};
pub use offline::OfflinePage;
pub use past::{LookBack, PastBand};
pub use people::{AuditPage, AuditRow, CreatedUser, UserRow, UsersPage};
pub use phone::{PhonePage, PinPage, QrPage};
pub use plain::{Cell, Column, Field, Form, Input, PlainPage, Section, Table, Weight};
pub use problem::{Holder, Notice, ProblemPage, Refusal, Suggestion};
pub use register::{NormRow, NormTable, NormsPage, NormsUsed};
pub use report::{
    AlreadySent, CorrectionLine, CorrectionPage, CylinderField, Happened, MachineField, PatientField, ReceiptPage,
    ReportForm, TankField, Waiting,
};
pub use shell::{Clock, DemoBar, Room, Shell, SignedIn, State, Theme};
pub use trips::{
    DeliveryNotePage, DriverPage, DriverStop, LinkDoorPage, NoteSheet, NoteSigner, StopRow, TripBoard, TripCard,
};
pub use wall::{WallAlarm, WallBody, WallPage};

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
