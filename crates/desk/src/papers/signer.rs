//! Who may sign a paper of the health department, and as what: its head, or a deputy for him («KT.»). A leader signs as
//! what the list of posts says that he is, never as what he picks.

use document::official::{Authority, Signature};
use place::body::{BodyKind, Post, PostKind};
use place::{PersonId, UserId};
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};

use crate::registry::Registry;
use crate::supply::name_key;

/// As what somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignsAs {
    /// Giám đốc.
    Head,
    /// KT. Giám đốc, Phó Giám đốc.
    Deputy,
}

impl SignsAs {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Head, Self::Deputy];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Deputy => "deputy",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The post in the list of posts.
    pub const fn post(self) -> PostKind {
        match self {
            Self::Head => PostKind::Head,
            Self::Deputy => PostKind::Deputy,
        }
    }

    /// As it is told in the register of numbers.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Head => "Giám đốc",
            Self::Deputy => "KT. Giám đốc, Phó Giám đốc",
        }
    }

    /// As it is printed.
    pub fn signature(self, name: String) -> Signature {
        let head = "Giám đốc".to_owned();
        match self {
            Self::Head => Signature { authority: Vec::new(), post: head, name },
            Self::Deputy => {
                Signature { authority: vec![(Authority::ForHead, head)], post: "Phó Giám đốc".to_owned(), name }
            }
        }
    }
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// His name, as the list of posts writes it.
    pub name: String,
    /// As what.
    pub signs_as: SignsAs,
}

/// Why somebody does not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MayNotSign {
    /// He is neither head nor deputy.
    #[error("PAP-007: {name} is neither head nor deputy of the health department")]
    NoPost {
        /// As the account calls him.
        name: String,
    },
    /// He is, and is noted as away.
    #[error("PAP-008: {name} is away")]
    Away {
        /// As the list calls him.
        name: String,
    },
}

impl Coded for MayNotSign {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPost { .. } => "PAP-007",
            Self::Away { .. } => "PAP-008",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoPost { name } | Self::Away { name } => vec![("name", name.clone())],
        }
    }
}

/// «BS. Lê Văn Đước» and «Lê Văn Đước» are one name: degrees end in a dot.
fn plain(name: &str) -> String {
    let words = name.split_whitespace().skip_while(|word| word.ends_with('.'));
    name_key(&words.collect::<Vec<_>>().join(" "))
}

/// Heads and deputies of the health department at a moment: the head appointed last, then every deputy.
pub fn posts(registry: &Registry, at: Moment) -> Vec<(SignsAs, &Post)> {
    let Some(body) = registry.body_of_kind(BodyKind::HealthDepartment) else { return Vec::new() };
    let holders = |signs_as: SignsAs| {
        registry.roster().holders(body.id, signs_as.post(), at).into_iter().map(move |post| (signs_as, post))
    };
    holders(SignsAs::Head).take(1).chain(holders(SignsAs::Deputy)).collect()
}

/// Who an account or a name is for a signature.
///
/// # Errors
/// [`MayNotSign`].
pub fn signer(registry: &Registry, user: Option<UserId>, name: &str, at: Moment) -> Result<Signer, MayNotSign> {
    let asked = plain(name);
    let person = user.map(|user| PersonId(user.0));
    let is_he = |post: &Post| person == Some(post.person) || (!asked.is_empty() && plain(&post.name) == asked);
    let mine: Vec<(SignsAs, &Post)> = posts(registry, at).into_iter().filter(|(_, post)| is_he(post)).collect();
    let Some((signs_as, post)) = mine.first() else { return Err(MayNotSign::NoPost { name: name.to_owned() }) };
    if registry.roster().is_absent(post.person, at) {
        return Err(MayNotSign::Away { name: post.name.clone() });
    }
    Ok(Signer { name: post.name.clone(), signs_as: *signs_as })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_is_no_part_of_the_name() {
        assert_eq!(plain("ThS. BS. Lê Văn Đước"), plain("lê văn  đước"));
        assert_ne!(plain("Lê Văn Đước"), plain("Lê Văn Đượm"));
        assert_eq!(plain("BS."), "");
    }

    #[test]
    fn a_deputy_signs_for_the_head() {
        let signature = SignsAs::Deputy.signature("A".into());
        assert_eq!(signature.authority, [(Authority::ForHead, "Giám đốc".to_owned())]);
        assert_eq!(SignsAs::Head.signature("A".into()).authority, []);
        assert_eq!(SignsAs::ALL.map(|one| SignsAs::from_code(one.code())), SignsAs::ALL.map(Some));
    }
}
