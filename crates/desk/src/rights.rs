//! Who may do what: fixed roles, fixed capabilities, one table. `tests/desk/rights.rs` keeps it as a
//! golden text file, so that nobody gains a right unnoticed.
//!
//! Roles are not ordered: a laboratory once had oxygen rights because its number was higher.

use serde::{Deserialize, Serialize};

macro_rules! coded_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its stable name, in the database, in files and in the API.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one of a stable name.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

pub(crate) use coded_enum;

coded_enum! {
    /// What somebody is, for the program.
    Role {
        /// Quản trị hệ thống: accounts and registers; enters no figures.
        Administrator = "administrator",
        /// Trực điều hành: the oxygen desk of the province.
        DutyOfficer = "duty_officer",
        /// Cán bộ đầu mối: the oxygen officer of a facility.
        FocalOfficer = "focal_officer",
        /// Lãnh đạo: decides, signs, sees everything of the province.
        Leader = "leader",
        /// Văn thư: takes letters in and gives their tasks out.
        Clerk = "clerk",
        /// Quan sát: sees, changes nothing.
        Observer = "observer",
        /// Bộ Y tế: sees the sums of all command posts, takes the returns of provinces in, changes nothing of theirs. Of
        /// the nation only (province 0).
        MinistryObserver = "ministry_observer",
        /// Cảm biến: the telemetry of one facility's tanks; reports, sees nothing.
        Sensor = "sensor",
        /// Cổng tin nhắn: hands SMS over to the inbox.
        Gateway = "gateway",
        /// Định vị xe: tells where a supplier's vehicles are.
        Tracker = "tracker",
        /// Bên giao: a supplier or driver who came in by a link. No account has it.
        Carrier = "carrier",
    }
}

coded_enum! {
    /// What somebody may do. One operation needs one of these; a page too.
    Capability {
        /// See stocks, series and the list of who is running out.
        SeeOxygen = "see_oxygen",
        /// Report readings and patients of a facility in scope.
        ReportOxygen = "report_oxygen",
        /// Report for a facility that said it by telephone or message.
        ReportOnBehalf = "report_on_behalf",
        /// Take a report back and put another in its place.
        CorrectReport = "correct_report",
        /// Take sheets and files out.
        ExportFigures = "export_figures",
        /// Bring files of readings in.
        ImportReadings = "import_readings",
        /// Add facilities, stores of oxygen and posts.
        KeepRegisters = "keep_registers",
        /// Bring in an edition of the administrative areas.
        ImportAreas = "import_areas",
        /// Add and close accounts.
        KeepAccounts = "keep_accounts",
        /// Read the journal of who did what.
        SeeJournal = "see_journal",
        /// Set the state of the province: quiet days, reinforced, emergency.
        SetState = "set_state",
        /// Put a province's own norm in place of a shipped one.
        OverrideNorm = "override_norm",
        /// Pause, jump or hasten the clock of a demonstration or drill.
        MoveClock = "move_clock",
        /// Write down links of the chain, vessels, works, treatment sites and beds.
        KeepInstallations = "keep_installations",
        /// Ask for oxygen for a facility in scope, and enter its invoices.
        AskSupply = "ask_supply",
        /// Approve requests of others; decide about given and lent machines.
        ApproveSupply = "approve_supply",
        /// Keep suppliers, vehicles, contracts, loans; write down what suppliers say and load.
        KeepSupply = "keep_supply",
        /// Keep the registers of the command room: coordination unit, programme, readiness, recounts.
        KeepCommand = "keep_command",
        /// See the sums of all command posts.
        SeeNation = "see_nation",
        /// Take alarms up, note calls, keep the duty roster, the terms of refill and the storm list.
        AnswerAlarms = "answer_alarms",
        /// Put a message into the inbox.
        ReceiveMessages = "receive_messages",
        /// Tell where vehicles are.
        TellPositions = "tell_positions",
        /// Draft, submit and revise a report of the province.
        DraftReport = "draft_report",
        /// Sign a report of the province, or give it back.
        SignReport = "sign_report",
        /// Take the returns of provinces into the national sum.
        TakeReturns = "take_returns",
        /// Send files of registers; each row asks for its register's own right as well.
        ImportRegisters = "import_registers",
        /// See the letters of the province and all their tasks.
        SeeLetters = "see_letters",
        /// Take letters in, correct what was read, confirm it and give the tasks out.
        HandleLetters = "handle_letters",
        /// See and answer the tasks of bodies in scope: take up, tell progress, hand in evidence.
        AnswerTasks = "answer_tasks",
        /// Set days, look at what was handed in, accept it or give it back, decide about proposals.
        JudgeTasks = "judge_tasks",
        /// Look at a bulletin that another has drafted, before a leader approves it.
        CheckBulletin = "check_bulletin",
        /// Keep and read the closed cases of liability. Nobody else learns that there are any.
        KeepCases = "keep_cases",
        /// Print a facility's code, and shut a trusted phone that was lost.
        KeepPhones = "keep_phones",
        /// Say what a supplier or a driver says of a trip: accepted, loaded, set off, arrived, delivered, failed.
        CarryOxygen = "carry_oxygen",
        /// Report counts of cases and admissions: of a facility in scope, of an area in scope, of the province.
        ReportCounts = "report_counts",
    }
}

impl Role {
    /// A program that comes in by a token only.
    pub const fn is_machine(self) -> bool {
        matches!(self, Self::Sensor | Self::Gateway | Self::Tracker | Self::Carrier)
    }

    /// Works for one facility: without it, it would see or write the whole province.
    pub const fn needs_facility(self) -> bool {
        matches!(self, Self::FocalOfficer | Self::Sensor)
    }
}

/// Whether a role has a capability.
pub const fn allows(role: Role, capability: Capability) -> bool {
    use Capability as C;
    use Role as R;
    match capability {
        C::SeeOxygen => !matches!(role, R::Administrator | R::MinistryObserver | R::Clerk) && !role.is_machine(),
        C::ReportOxygen => matches!(role, R::DutyOfficer | R::FocalOfficer | R::Sensor),
        C::ReportOnBehalf => matches!(role, R::DutyOfficer),
        C::CorrectReport => matches!(role, R::DutyOfficer | R::FocalOfficer),
        C::ExportFigures => matches!(role, R::DutyOfficer | R::Leader | R::Observer),
        C::ImportReadings => matches!(role, R::DutyOfficer),
        C::KeepRegisters => matches!(role, R::Administrator | R::DutyOfficer),
        C::ImportAreas | C::KeepAccounts => matches!(role, R::Administrator),
        C::SeeJournal => matches!(role, R::Administrator | R::DutyOfficer | R::Leader),
        C::SetState | C::OverrideNorm => matches!(role, R::Leader),
        C::MoveClock => matches!(role, R::DutyOfficer | R::Leader),
        C::KeepInstallations => matches!(role, R::DutyOfficer | R::FocalOfficer),
        C::AskSupply => matches!(role, R::DutyOfficer | R::FocalOfficer),
        C::ApproveSupply => matches!(role, R::DutyOfficer | R::Leader),
        C::KeepSupply => matches!(role, R::DutyOfficer),
        C::KeepCommand => matches!(role, R::DutyOfficer | R::Leader),
        C::SeeNation | C::TakeReturns => matches!(role, R::MinistryObserver),
        C::AnswerAlarms => matches!(role, R::DutyOfficer | R::Leader),
        C::ReceiveMessages => matches!(role, R::DutyOfficer | R::Gateway),
        C::TellPositions => matches!(role, R::Tracker),
        C::CarryOxygen => matches!(role, R::DutyOfficer | R::Carrier),
        C::KeepPhones => matches!(role, R::Administrator | R::DutyOfficer),
        C::ImportRegisters => {
            matches!(role, R::Administrator | R::DutyOfficer | R::FocalOfficer | R::Leader | R::Clerk)
        }
        C::SeeLetters => matches!(role, R::DutyOfficer | R::Clerk | R::Leader | R::Observer),
        C::HandleLetters => matches!(role, R::DutyOfficer | R::Clerk),
        C::AnswerTasks => matches!(role, R::DutyOfficer | R::FocalOfficer | R::Leader | R::Clerk),
        C::JudgeTasks => matches!(role, R::DutyOfficer | R::Leader),
        C::ReportCounts => matches!(role, R::DutyOfficer | R::FocalOfficer),
        C::CheckBulletin => matches!(role, R::DutyOfficer | R::Clerk | R::Leader),
        C::KeepCases => matches!(role, R::Leader),
        C::DraftReport => matches!(role, R::DutyOfficer),
        C::SignReport => matches!(role, R::Leader),
    }
}

/// The roles that have a capability: who to ask.
pub fn who_may(capability: Capability) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| allows(*role, capability)).collect()
}

/// The whole table as text.
pub fn table() -> String {
    let mut text = format!("{:<18}", "");
    for role in Role::ALL {
        text.push_str(&format!(" {:>14}", role.code()));
    }
    for capability in Capability::ALL {
        text.push_str(&format!("\n{:<18}", capability.code()));
        for role in Role::ALL {
            text.push_str(&format!(" {:>14}", if allows(*role, *capability) { "yes" } else { "·" }));
        }
    }
    text.push('\n');
    text
}
