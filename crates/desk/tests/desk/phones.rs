//! Trusted phones (OX11): tries are counted, a lost one is shut, nobody outside the scope touches it.

use desk::door;
use desk::operations::phone::end_trust::EndTrust;
use desk::operations::phone::pin_was_right::PinWasRight;
use desk::operations::phone::trust_phone::TrustPhone;
use desk::operations::phone::try_pin::TryPin;
use desk::operations::phone::{MOST_WRONG, Standing, TrustedPhone};
use desk::operations::set_password::SetPassword;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::phones::phones;

use crate::common::{Person, World, code_of, on_both_engines};

fn trust(officer: &Person<'_>, instead_of: Option<String>) -> (RecordId<TrustedPhone>, String) {
    let (_, secret_digest) = door::phone_secret(officer.world.province);
    let trusting = TrustPhone {
        key: None,
        label: "Android · Chrome".into(),
        secret_digest: secret_digest.clone(),
        pin_hash: "không ai mở bằng mã này".into(),
        instead_of,
    };
    (officer.does(trusting).unwrap(), secret_digest)
}

fn standings(world: &World, actor: &desk::Actor) -> Vec<Standing> {
    let actor = actor.clone();
    let lines = world.office.look_blocking(move |office, connection| phones(office, connection, &actor)).unwrap();
    lines.into_iter().map(|line| line.phone.content.standing()).collect()
}

#[test]
fn tries_are_counted_before_anybody_knows_whether_they_are_right() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let (_, secret_digest) = trust(&officer, None);
        let program = world.program();
        let attempt = || program.does(TryPin { secret_digest: secret_digest.clone() });
        for tried in 1..MOST_WRONG {
            assert_eq!(attempt().unwrap().left, MOST_WRONG - tried);
        }
        program.does(PinWasRight { secret_digest: secret_digest.clone() }).unwrap();
        for tried in 1..=MOST_WRONG {
            assert_eq!(attempt().unwrap().left, MOST_WRONG - tried);
        }
        assert_eq!(code_of(attempt()), "OFF-005");
        assert_eq!(standings(world, &world.desk().actor), [Standing::Locked]);
        // Only the program asks for a PIN: no account may spend the tries of another's phone.
        assert_eq!(code_of(officer.does(TryPin { secret_digest: secret_digest.clone() })), "DSK-002");
        world.seal();
        world.assert_well();
    });
}

#[test]
fn a_lost_phone_is_shut_by_the_desk_and_by_nobody_outside_its_scope() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let (phone, secret_digest) = trust(&officer, None);
        let ending = || EndTrust { key: None, phone };
        assert_eq!(code_of(officer.does(ending())), "DSK-002");
        assert_eq!(code_of(world.a(Role::Observer).does(ending())), "DSK-002");
        let stranger = world.a_stranger(Role::DutyOfficer, world.found("79"));
        assert_eq!(code_of(stranger.does(ending())), "DSK-001");
        assert_eq!(standings(world, &stranger.actor), []);

        world.desk().does(ending()).unwrap();
        world.desk().does(ending()).unwrap();
        assert_eq!(code_of(world.program().does(TryPin { secret_digest: secret_digest.clone() })), "OFF-006");
        assert_eq!(code_of(world.program().does(PinWasRight { secret_digest })), "OFF-006");
        world.seal();
        world.assert_well();
    });
}

#[test]
fn another_pin_on_the_same_phone_replaces_the_trust_but_never_somebody_elses() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let (officer, colleague) = (world.officer_of(&place), world.officer_of(&place));
        let (_, first) = trust(&officer, None);
        trust(&officer, Some(first.clone()));
        assert_eq!(code_of(world.program().does(TryPin { secret_digest: first })), "OFF-007");
        let (_, his) = trust(&officer, None);
        trust(&colleague, Some(his.clone()));
        assert!(world.program().does(TryPin { secret_digest: his }).is_ok(), "a colleague's PIN ends no other trust");
        assert_eq!(
            code_of(world.desk().does(TrustPhone {
                key: None,
                label: String::new(),
                secret_digest: "00".into(),
                pin_hash: String::new(),
                instead_of: None,
            })),
            "OFF-008"
        );
    });
}

/// Whoever gives an account another password does so because somebody else may come in: a phone that was trusted before
/// opens no more either.
#[test]
fn another_password_ends_the_trust_of_the_accounts_phones() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let (officer, colleague) = (world.officer_of(&place), world.officer_of(&place));
        let ((_, his), (_, hers)) = (trust(&officer, None), trust(&colleague, None));
        let account = officer.actor.user.unwrap();
        world.program().does(SetPassword { account, password_hash: "khác".into() }).unwrap();
        assert_eq!(code_of(world.program().does(TryPin { secret_digest: his })), "OFF-007");
        assert!(world.program().does(TryPin { secret_digest: hers }).is_ok(), "hers stays");
        world.seal();
        world.assert_well();
    });
}
