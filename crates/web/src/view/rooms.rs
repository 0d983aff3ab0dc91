//! The rooms of the program and the pages in each: one table for the bar of every page.

use desk::rights::Capability;

use super::{Room, Shell};

/// A page of a room, listed for whoever may see it.
struct Page {
    /// Key of its name.
    key: &'static str,
    href: &'static str,
    needs: Capability,
}

/// A room with its pages; the first page is where the room's name leads.
struct Pages {
    /// Key of its name.
    room: &'static str,
    pages: &'static [Page],
}

const fn page(key: &'static str, href: &'static str, needs: Capability) -> Page {
    Page { key, href, needs }
}

/// The pages built so far. A room without a page that one may see is not listed.
const ROOMS: &[Pages] = &[
    Pages {
        room: "room-oxygen",
        pages: &[
            page("running-out", "/oxy", Capability::SeeOxygen),
            page("alarms", "/oxy/canh-bao", Capability::SeeOxygen),
            page("inbox", "/oxy/hop-thu", Capability::ReportOnBehalf),
            page("supply", "/cung-ung", Capability::SeeOxygen),
            page("trips", "/chuyen", Capability::SeeOxygen),
            page("map", "/oxy/ban-do", Capability::SeeOxygen),
            page("waiting", "/oxy/dang-cho", Capability::SeeOxygen),
            page("duty-page", "/oxy/truc", Capability::AnswerAlarms),
            page("refill-page", "/oxy/nap", Capability::AnswerAlarms),
            page("storm-page", "/oxy/bao", Capability::AnswerAlarms),
            page("counts", "/so-ca", Capability::SeeOxygen),
            page("forecast", "/du-bao", Capability::SeeOxygen),
            page("oxygen-need", "/du-bao/oxy", Capability::ExportFigures),
        ],
    },
    Pages {
        room: "room-command",
        pages: &[
            page("command-states", "/chi-dao", Capability::SeeOxygen),
            page("command-unit", "/chi-dao/bo-phan-oxy", Capability::SeeOxygen),
            page("command-programme", "/chi-dao/de-an-4308", Capability::SeeOxygen),
            page("command-readiness", "/chi-dao/bon-tai-cho", Capability::SeeOxygen),
            page("command-matrix", "/chi-dao/nop-bao-cao", Capability::SeeOxygen),
            page("command-recounts", "/chi-dao/kiem-ke", Capability::KeepCommand),
            page("command-courtesy", "/chi-dao/phoi-hop", Capability::KeepCommand),
            page("boundaries", "/chi-dao/ranh-gioi", Capability::KeepRegisters),
            page("nation", "/quoc-gia", Capability::SeeNation),
            page("returns", "/quoc-gia/tong-hop", Capability::SeeNation),
        ],
    },
    Pages {
        room: "room-letters",
        pages: &[
            page("tasks", "/viec", Capability::AnswerTasks),
            page("letters", "/van-ban", Capability::SeeLetters),
            page("receipts", "/viec/da-nhan", Capability::AnswerTasks),
            page("officer-fields", "/viec/linh-vuc", Capability::AnswerTasks),
            page("office-rules", "/van-ban/quy-dinh", Capability::SeeLetters),
            page("exchange", "/van-ban/trao-doi", Capability::SeeLetters),
            page("task-statistics", "/viec/don-vi", Capability::SeeLetters),
            page("papers", "/chi-dao/bao-cao", Capability::ExportFigures),
            page("letters-out", "/chi-dao/van-ban-di", Capability::DraftReport),
            page("paper-numbers", "/chi-dao/so-van-ban", Capability::ExportFigures),
            page("papers-signers", "/chi-dao/nguoi-ky", Capability::KeepRegisters),
            page("steering-meetings", "/chi-dao/cuoc-hop", Capability::SeeLetters),
            page("steering-inspections", "/chi-dao/kiem-tra", Capability::KeepCommand),
            page("steering-corrections", "/chi-dao/khac-phuc", Capability::SeeLetters),
            page("steering-plans", "/chi-dao/ke-hoach", Capability::SeeLetters),
            page("steering-bulletins", "/chi-dao/ban-tin", Capability::SeeLetters),
            page("steering-cases", "/chi-dao/vu-viec", Capability::KeepCases),
        ],
    },
    Pages {
        room: "room-means",
        pages: &[
            page("vehicles", "/phuong-tien", Capability::SeeOxygen),
            page("chain-list", "/phuong-tien/chuoi", Capability::SeeOxygen),
            page("means-beds", "/phuong-tien/giuong", Capability::SeeOxygen),
            page("means-inspections", "/phuong-tien/kiem-dinh", Capability::SeeOxygen),
            page("means-works", "/phuong-tien/cong-trinh", Capability::SeeOxygen),
            page("means-sites", "/phuong-tien/thiet-lap", Capability::SeeOxygen),
            page("machines", "/phuong-tien/may-muon", Capability::SeeOxygen),
            page("register-files", "/nhap-so-lieu", Capability::ImportRegisters),
        ],
    },
];

impl Shell {
    /// The rooms that somebody may enter; `here` is the key of a room or of one of its pages.
    pub fn rooms(here: &str, may: impl Fn(Capability) -> bool) -> Vec<Room> {
        let first = |pages: &Pages| pages.pages.iter().find(|page| may(page.needs)).map(|page| page.href);
        ROOMS
            .iter()
            .filter_map(|pages| Some(Room { key: pages.room, href: first(pages)?, here: pages.is_at(here) }))
            .collect()
    }

    /// The pages of the room one is in, for whoever may see them.
    pub fn pages(here: &str, may: impl Fn(Capability) -> bool) -> Vec<Room> {
        let room = ROOMS.iter().find(|pages| pages.is_at(here));
        let pages = room.into_iter().flat_map(|room| room.pages);
        pages
            .filter(|page| may(page.needs))
            .map(|page| Room { key: page.key, href: page.href, here: page.key == here })
            .collect()
    }
}

impl Pages {
    fn is_at(&self, here: &str) -> bool {
        self.room == here || self.pages.iter().any(|page| page.key == here)
    }
}
