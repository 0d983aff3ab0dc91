//! Who comes in (AC): one answer for a wrong name and a wrong password, sessions that end.

use desk::door::{self, BROWSER_SESSION, TOKEN_SESSION, Visitor};
use desk::operations::add_account::AddAccount;
use desk::operations::close_account::CloseAccount;
use desk::operations::set_password::SetPassword;
use desk::rights::Role;
use desk::{Actor, Outcome, Scope, password};
use place::{BodyId, ProvinceId, UserId};
use quantity::{Coded, Span};

use crate::common::{World, code_of, on_both_engines, wait_for};

const PASSWORD: &str = "ba con mèo đen";

fn add(world: &World, province: ProvinceId, login: &str, password: &str) -> UserId {
    let account = AddAccount {
        key: None,
        login: login.to_owned(),
        display_name: "Trực ban".into(),
        password_hash: password::hash(password),
        roles: vec![Role::DutyOfficer],
        facility: None,
        area: None,
    };
    world.office.perform_blocking(Actor::program(province), account).unwrap().done
}

fn sign_in(world: &World, login: &str, password: &str) -> Outcome<String> {
    wait_for(door::sign_in(&world.office, login, password)).map(|key| key.token)
}

fn recognise(world: &World, token: &str) -> Option<Visitor> {
    wait_for(door::recognise(&world.office, token.to_owned())).unwrap()
}

#[test]
fn the_right_password_opens_and_nothing_else_does() {
    on_both_engines(|world| {
        add(world, world.province, "sao.tran", PASSWORD);
        let token = sign_in(world, " Sao.Tran ", PASSWORD).unwrap();
        let visitor = recognise(world, &token).expect("is recognised");
        assert_eq!((visitor.login.as_str(), visitor.is_browser), ("sao.tran", true));
        assert_eq!(visitor.actor.roles, [Role::DutyOfficer]);
        assert_eq!(visitor.csrf.len(), 64);

        let wrong = sign_in(world, "sao.tran", "ba con mèo trắng").unwrap_err();
        let nobody = sign_in(world, "khong.ai", PASSWORD).unwrap_err();
        assert_eq!(wrong.code(), "SEC-010");
        assert_eq!(
            (wrong.code(), wrong.facts(), wrong.to_string()),
            (nobody.code(), nobody.facts(), nobody.to_string())
        );
        assert_eq!(code_of(sign_in(world, "sao.tran", &"a".repeat(1_000_000))), "SEC-010");
        for token in ["", "1", "1.", "x.y", &"9".repeat(500), &format!("{}.{}", world.province, "0".repeat(64))] {
            assert!(recognise(world, token).is_none(), "{token}");
        }
        // The token of one province opens no other.
        let secret = token.split_once('.').unwrap().1;
        assert!(recognise(world, &format!("{}.{secret}", world.found("92"))).is_none());
    });
}

#[test]
fn a_session_ends_by_time_by_leaving_and_with_the_account() {
    on_both_engines(|world| {
        let account = add(world, world.province, "sao.tran", PASSWORD);
        let token = sign_in(world, "sao.tran", PASSWORD).unwrap();
        world.pass(Span::micros(BROWSER_SESSION.as_micros() - 1));
        assert!(recognise(world, &token).is_some());
        world.pass(Span::micros(1));
        assert!(recognise(world, &token).is_none());

        let token = sign_in(world, "sao.tran", PASSWORD).unwrap();
        wait_for(door::sign_out(&world.office, token.clone())).unwrap();
        assert!(recognise(world, &token).is_none());

        let token = sign_in(world, "sao.tran", PASSWORD).unwrap();
        let other = "bốn con cá vàng";
        world.program().does(SetPassword { account, password_hash: password::hash(other) }).unwrap();
        assert!(recognise(world, &token).is_none(), "another password ends all sessions");
        assert_eq!(code_of(sign_in(world, "sao.tran", PASSWORD)), "SEC-010");

        let token = sign_in(world, "sao.tran", other).unwrap();
        world.program().does(CloseAccount { account }).unwrap();
        assert!(recognise(world, &token).is_none());
        assert_eq!(code_of(sign_in(world, "sao.tran", other)), "SEC-010");
        let again = world.program().does(CloseAccount { account });
        assert_eq!(code_of(again), "DSK-001");
    });
}

#[test]
fn a_program_holds_a_token_for_a_year() {
    on_both_engines(|world| {
        let account = add(world, world.province, "may.do", PASSWORD);
        let opened = door::open(&world.office, world.province, account, "token", TOKEN_SESSION);
        let key = wait_for(opened).unwrap();
        world.pass(Span::days(364));
        let visitor = recognise(world, &key.token).expect("is recognised");
        assert!(!visitor.is_browser);
        world.pass(Span::days(1));
        assert!(recognise(world, &key.token).is_none());
    });
}

#[test]
fn a_name_of_two_provinces_opens_by_its_password() {
    on_both_engines(|world| {
        let other = world.found("92");
        add(world, world.province, "sao.tran", PASSWORD);
        add(world, other, "sao.tran", "bốn con cá vàng");
        let token = sign_in(world, "sao.tran", "bốn con cá vàng").unwrap();
        assert_eq!(recognise(world, &token).unwrap().actor.province, other);
        let third = world.found("01");
        add(world, third, "sao.tran", PASSWORD);
        assert_eq!(code_of(sign_in(world, "sao.tran", PASSWORD)), "SEC-011");
    });
}

#[test]
fn an_account_is_usable_or_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(100).register();
        let account = |login: &str, roles: &[Role]| AddAccount {
            key: None,
            login: login.into(),
            display_name: "Mới".into(),
            password_hash: "none".into(),
            roles: roles.to_vec(),
            facility: None,
            area: None,
        };
        let administrator = world.a(Role::Administrator);
        assert_eq!(code_of(administrator.does(account("sáo", &[Role::Leader]))), "DSK-013");
        assert_eq!(code_of(administrator.does(account("sao", &[]))), "DSK-015");
        assert_eq!(code_of(administrator.does(account("sao", &[Role::FocalOfficer]))), "DSK-016");
        administrator.does(account("Sao", &[Role::Leader])).unwrap();
        assert_eq!(code_of(administrator.does(account("sAO", &[Role::Leader]))), "DSK-014");
        let elsewhere = AddAccount { facility: Some(place.id), ..account("khac", &[Role::FocalOfficer]) };
        let stranger = world.a_stranger(Role::Administrator, world.found("92"));
        assert_eq!(code_of(stranger.does(elsewhere)), "DSK-001", "a facility of another province");
    });
}

/// What is stored and cannot be read gives no right and widens no sight.
#[test]
fn an_unreadable_account_sees_nothing() {
    let account = |area: Option<&str>, bodies: &str| store::account::Account {
        province: ProvinceId::new(1),
        id: UserId(quantity::Id::from_bytes([1; 16])),
        login: "x".into(),
        display_name: "x".into(),
        password_hash: String::new(),
        roles: "duty_officer emperor".into(),
        area_code: area.map(str::to_owned),
        bodies: bodies.into(),
    };
    let actor = Actor::of_account(&account(Some("???"), ""));
    assert_eq!((actor.roles, actor.scope), (vec![Role::DutyOfficer], Scope::Bodies(Vec::new())));
    assert_eq!(Actor::of_account(&account(Some("91"), "not-a-key")).scope, Scope::Bodies(Vec::new()));
    assert_eq!(Actor::of_account(&account(None, "  ")).scope, Scope::Province);
    let body = BodyId(quantity::Id::from_bytes([7; 16]));
    let one = Actor::of_account(&account(None, &body.to_string()));
    assert_eq!(one.own_facility(), Some(place::FacilityId::of_body(body)));
}
