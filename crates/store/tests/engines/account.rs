//! Who may sign in, and files kept by their content.

use place::{ProvinceId, UserId};
use quantity::Span;
use store::account::{self, Account, NewSession};
use store::schema::tables;
use store::{StoreError, Transaction, blob};

use crate::common::build::{PROVINCE, fresh_id};
use crate::common::{MORNING, World, on_both_engines, raw};

const TOKEN: &str = "a-secret-that-the-browser-keeps";

fn write<T: Send + 'static>(
    world: &World,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    world.store.write_blocking(work).expect("a write")
}

fn an_account(world: &World, province: ProvinceId, login: &str) -> Account {
    let account = Account {
        province,
        id: UserId(fresh_id()),
        login: login.to_owned(),
        display_name: "Nguyễn Thị Lan".to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        roles: "duty_officer".to_owned(),
        area_code: None,
        bodies: String::new(),
    };
    let row = account.clone();
    write(world, move |transaction| account::add(transaction, &row, MORNING));
    account
}

fn sign_in(world: &World, account: &Account, token: &'static str) {
    let (province, id) = (account.province, account.id);
    write(world, move |transaction| {
        let session = NewSession {
            province,
            account: id,
            token,
            kind: "browser",
            csrf: "csrf",
            created_at: MORNING,
            expires_at: MORNING + Span::hours(12),
        };
        account::open_session(transaction, &session)
    });
}

fn is_signed_in(world: &World, province: ProvinceId, token: &str, after: Span) -> bool {
    world.read(|connection| account::session(connection, province, token, MORNING + after)).is_some()
}

#[test]
fn a_session_ends_when_it_says_and_in_its_own_province_only() {
    on_both_engines(|world| {
        assert!(world.read(account::is_empty));
        let lan = an_account(world, PROVINCE, "lan");
        assert!(!world.read(account::is_empty));
        sign_in(world, &lan, TOKEN);
        let session = world.read(|connection| account::session(connection, PROVINCE, TOKEN, MORNING)).unwrap();
        assert_eq!((session.account, session.csrf.as_str()), (lan, "csrf"));
        assert!(is_signed_in(world, PROVINCE, TOKEN, Span::hours(12) + Span::micros(-1)));
        assert!(!is_signed_in(world, PROVINCE, TOKEN, Span::hours(12)), "expired");
        assert!(!is_signed_in(world, ProvinceId::new(2), TOKEN, Span::ZERO));
        assert!(!is_signed_in(world, PROVINCE, "another-token", Span::ZERO));
        write(world, |transaction| account::close_session(transaction, PROVINCE, TOKEN));
        assert!(!is_signed_in(world, PROVINCE, TOKEN, Span::ZERO));
    });
}

#[test]
fn sessions_past_their_end_are_forgotten() {
    on_both_engines(|world| {
        let lan = an_account(world, PROVINCE, "lan");
        sign_in(world, &lan, TOKEN);
        let table = tables().iter().find(|table| table.name == "session").unwrap();
        let left = |after: Span| {
            write(world, move |transaction| account::forget_sessions(transaction, PROVINCE, MORNING + after));
            raw::rows(&mut world.ground.connect(), table).len()
        };
        assert_eq!(left(Span::hours(12)), 1);
        assert_eq!(left(Span::hours(13)), 0);
    });
}

#[test]
fn a_closed_account_is_found_nowhere_and_its_sessions_end() {
    on_both_engines(|world| {
        let lan = an_account(world, PROVINCE, "lan");
        let elsewhere = an_account(world, ProvinceId::new(2), "lan");
        sign_in(world, &lan, TOKEN);
        let by_login = world.read(|connection| account::by_login(connection, "lan"));
        assert_eq!(by_login, [lan.clone(), elsewhere.clone()]);
        let close =
            |world: &World| write(world, move |transaction| account::close(transaction, PROVINCE, lan.id, MORNING));
        assert!(close(world));
        assert!(!close(world), "closed already");
        assert!(!is_signed_in(world, PROVINCE, TOKEN, Span::ZERO));
        assert_eq!(world.read(|connection| account::by_id(connection, PROVINCE, lan.id)), None);
        assert_eq!(world.read(|connection| account::list(connection, PROVINCE)), []);
        assert_eq!(world.read(|connection| account::by_login(connection, "lan")), [elsewhere]);
        assert!(!world.read(account::is_empty), "somebody has had an account here");
    });
}

#[test]
fn a_new_password_ends_every_session() {
    on_both_engines(|world| {
        let lan = an_account(world, PROVINCE, "lan");
        sign_in(world, &lan, TOKEN);
        sign_in(world, &lan, "a-second-browser");
        write(world, move |transaction| account::set_password(transaction, PROVINCE, lan.id, "$argon2id$new"));
        assert!(!is_signed_in(world, PROVINCE, TOKEN, Span::ZERO));
        assert!(!is_signed_in(world, PROVINCE, "a-second-browser", Span::ZERO));
        let found = world.read(|connection| account::by_id(connection, PROVINCE, lan.id)).unwrap();
        assert_eq!(found.password_hash, "$argon2id$new");
    });
}

/// Who reads the table, or a backup of it, cannot sign in with what he finds.
#[test]
fn no_table_holds_a_token() {
    on_both_engines(|world| {
        let lan = an_account(world, PROVINCE, "lan");
        sign_in(world, &lan, TOKEN);
        let mut connection = world.ground.connect();
        for table in tables() {
            let shown = raw::rows(&mut connection, table);
            for value in shown.iter().flat_map(|row| &row.0) {
                let bytes = match value {
                    store::Value::Text(text) => text.as_bytes(),
                    store::Value::Blob(bytes) => bytes,
                    _ => &[],
                };
                assert!(!bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()), "{}", table.name);
            }
        }
    });
}

#[test]
fn the_same_login_twice_in_a_province_is_refused() {
    on_both_engines(|world| {
        let lan = an_account(world, PROVINCE, "lan");
        let second = Account { id: UserId(fresh_id()), ..lan };
        let added = world.store.write_blocking(move |transaction| account::add(transaction, &second, MORNING));
        assert!(matches!(added, Err(StoreError::Sqlite(_) | StoreError::Postgres(_))));
    });
}

#[test]
fn the_same_file_is_kept_once_a_province() {
    on_both_engines(|world| {
        let keep = |province: ProvinceId, content: &'static [u8]| {
            write(world, move |transaction| blob::keep(transaction, province, "image/jpeg", content.to_vec(), MORNING))
        };
        let name = keep(PROVINCE, b"a gauge at 07:40");
        assert_eq!(keep(PROVINCE, b"a gauge at 07:40"), name);
        assert_eq!(keep(ProvinceId::new(2), b"a gauge at 07:40"), name);
        assert_ne!(keep(PROVINCE, b"a gauge at 09:10"), name);
        let table = tables().iter().find(|table| table.name == "blob").unwrap();
        assert_eq!(raw::rows(&mut world.ground.connect(), table).len(), 3);
        let found = world.read(|connection| blob::find(connection, PROVINCE, &name));
        assert_eq!(found, Some(("image/jpeg".to_owned(), b"a gauge at 07:40".to_vec())));
        assert_eq!(world.read(|connection| blob::find(connection, ProvinceId::new(3), &name)), None);
    });
}
