//! Who signs: authority (TM., KT., TL., TUQ., Q.), post, name.

use serde::{Deserialize, Serialize};

use crate::layout::is_capitals;
use crate::text::{Bounds, Found, Text};

/// The signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// In whose place is signed, line by line from above: «TM. ỦY BAN NHÂN DÂN», «KT. CHỦ TỊCH».
    pub authority: Vec<Found<String>>,
    /// The signer's post.
    pub post: Option<Found<String>>,
    /// His name, as printed.
    pub name: Option<Found<String>>,
    /// The family name is not among those in use: «nghi sai chính tả». The text is kept.
    pub name_is_doubtful: bool,
}

/// How a line of authority begins.
const AUTHORITY: &[&str] =
    &["TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L", "TUQ ", "TM ", "KT ", "TL ", "T.M", "K.T", "T.L"];

/// Words that a post in capitals begins with.
const POSTS: &[&str] = &[
    "GIÁM ĐỐC",
    "PHÓ ",
    "CHỦ TỊCH",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "TRƯỞNG ",
    "CHÁNH ",
    "BÍ THƯ",
    "CỤC TRƯỞNG",
    "VỤ TRƯỞNG",
    "VIỆN TRƯỞNG",
    "THỦ TƯỚNG",
    "HIỆU TRƯỞNG",
    "TỔNG ",
    "THỦ TRƯỞNG",
    "CHI CỤC TRƯỞNG",
    "UỶ VIÊN",
    "ỦY VIÊN",
    "TỈNH ỦY VIÊN",
];

/// Family names in use, for the mark «nghi sai chính tả» only.
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Trịnh", "Trương", "Đoàn", "Đào", "Mai", "Lâm", "Hà", "Tạ", "Chử", "Chu", "Châu", "Cao", "Thái",
    "Tô", "Tống", "Quách", "Lương", "Lưu", "Lại", "Kiều", "Khương", "Hứa", "Giang", "Doãn", "Diệp", "Cù", "Bế", "Bạch",
    "Âu", "An", "Triệu", "Thạch", "Sơn", "Danh", "Tăng", "Tôn", "Tôn Nữ", "Từ", "Ứng", "Văn", "Viên", "Vương", "Vi",
    "Thân", "Phùng", "Phí", "Nghiêm", "Ông", "Nông", "Ninh", "Mạc", "Lò", "Lường", "Lữ", "La", "Kim", "Khuất", "Hán",
    "Hoa", "Giàng", "Sùng", "Vàng", "Thào", "Đàm", "Đồng", "Đường", "Đậu", "Điểu", "Đèo", "Chẩu", "Chảo", "Ma", "Mã",
    "Quàng", "Tòng", "Cầm", "Cà", "Cái", "Y", "H'", "K'", "Ksor", "Rơ", "Siu", "Nay", "Tao", "Lục", "Lộc", "Ngụy",
    "Mạnh", "Mẫn", "Phó", "Thiều", "Tiêu", "Trang", "Trà", "Trình", "Nhâm", "Nhữ", "Ngọ", "Vừ", "Hạng", "Lầu", "Lù",
    "Tẩn", "Phàn", "Lỳ", "Pờ", "Kha", "Khổng", "Khúc", "Hàn", "Hàng", "Hạ", "Biện", "Bành", "Bàng", "Cấn", "Cung",
    "Thị", "Dư", "Giáp", "Hầu", "Lã", "Liêu", "Ôn", "Phương", "Quản", "Sầm", "Tất", "Tưởng", "Ung", "Uông", "Xa", "Vòng",
];

/// Words of a post that another such word may follow.
const INSIDE: &[&str] = &["TỔNG ", "PHÓ ", "BỘ ", "CỤC ", "VỤ ", "VIỆN ", "THỨ ", "HIỆU ", "THỦ ", "CHÁNH "];

/// Titles before a name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "BS", "BSCKI", "BSCKII", "CKI", "CKII", "CK1", "CK2", "TS", "ThS", "Ths", "PGS", "GS", "DS", "DSCKI", "DSCKII",
    "TTND", "TTƯT", "CN", "KS", "Đại tướng", "Thượng tướng", "Trung tướng", "Thiếu tướng", "Đại tá", "Thượng tá",
    "Trung tá", "Thiếu tá", "Đại úy", "Thượng úy", "Trung úy", "Bác sĩ", "Tiến sĩ", "Thạc sĩ", "Dược sĩ",
];

/// A line without the titles before a name: «BS.CKII. Vòng A Sáng», «PGS.TS Lê Văn An».
fn untitled(text: &Text, line: Bounds) -> Bounds {
    let mut from = line.start;
    loop {
        let rest = text.slice(Bounds::new(from, line.end));
        let title = TITLES.iter().filter(|title| {
            let after = rest.strip_prefix(**title).and_then(|rest| rest.chars().next());
            after.is_some_and(|after| after == '.' || after == ' ')
        });
        let Some(title) = title.max_by_key(|title| title.len()) else { break };
        from = crate::scan::skip(&text.normal, from + title.len(), &['.', ' ', ',']);
    }
    if from < line.end { Bounds::new(from, line.end) } else { line }
}

/// The parts of a signature that was flattened to one line: «KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Viết Thuận».
fn pieces(text: &Text, line: Bounds) -> Vec<Bounds> {
    let line = clean(text, line);
    let slice = text.slice(line);
    let whole = vec![line];
    let signs = AUTHORITY.iter().chain(POSTS).any(|words| slice.starts_with(words));
    let small = slice.split(' ').position(|word| word.chars().any(char::is_lowercase));
    let Some(name) = small.filter(|_| signs) else { return whole };
    let Some(at) = slice.split(' ').take(name).map(|word| word.len() + 1).reduce(|sum, length| sum + length) else {
        return whole;
    };
    let (head, person) = (Bounds::new(line.start, line.start + at - 1), Bounds::new(line.start + at, line.end));
    if !is_name(text.slice(untitled(text, person))) {
        return whole;
    }
    let mut cuts = vec![head.start];
    let words = text.slice(head);
    let begins =
        |list: &[&str], at: usize| list.iter().any(|word| words.get(at..).is_some_and(|rest| rest.starts_with(word)));
    let mut posted = false;
    for (at, _) in words.match_indices(' ') {
        let at = at + 1;
        // What is signed for is named right behind its mark.
        let marked = words
            .get(..at)
            .is_some_and(|before| AUTHORITY.iter().any(|mark| before.trim_end().ends_with(mark.trim_end())));
        let within = words.get(..at).is_some_and(|before| INSIDE.iter().any(|word| before.ends_with(word)));
        if begins(AUTHORITY, at) || begins(POSTS, at) && !marked && !within && !posted {
            posted |= begins(POSTS, at);
            cuts.push(head.start + at);
        }
    }
    cuts.push(head.end);
    let mut found: Vec<Bounds> =
        cuts.windows(2).filter_map(|pair| Some(text.trim(Bounds::new(*pair.first()?, *pair.get(1)?), &[]))).collect();
    found.push(person);
    found
}

fn clean(text: &Text, line: Bounds) -> Bounds {
    let slice = text.slice(line);
    let keep = slice.trim_end_matches(|letter: char| !letter.is_alphabetic());
    text.trim(Bounds::new(line.start, line.start + keep.len()), &['*', '-', '_'])
}

/// Whether a line says in whose place is signed.
pub(crate) fn is_authority(text: &Text, line: Bounds) -> bool {
    let line = text.slice(clean(text, line));
    AUTHORITY.iter().any(|words| line.starts_with(words)) && is_capitals(line)
}

/// Whether a line is a post in capitals.
pub(crate) fn is_post(text: &Text, line: Bounds) -> bool {
    let line = text.slice(clean(text, line));
    is_capitals(line) && POSTS.iter().any(|words| line.starts_with(words)) && !is_authority_words(line)
}

fn is_authority_words(line: &str) -> bool {
    AUTHORITY.iter().any(|words| line.starts_with(words))
}

/// Whether a line can be the name of a person: two to six words, each with a capital.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    (2..=6).contains(&words.len())
        && !is_capitals(line)
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|letter| letter.is_alphabetic() || letter == '\'')
        })
}

/// Whether a line is the name of a person with a family name in use.
pub(crate) fn is_person(text: &Text, line: Bounds) -> bool {
    let words = text.slice(untitled(text, line));
    is_name(words) && words.split(' ').next().is_some_and(|family| FAMILIES.contains(&family))
}

/// The signatures, in the order of the text: several where several bodies sign.
pub(crate) fn signatures(text: &Text, lines: &[Bounds]) -> Vec<Signature> {
    let mut all: Vec<Signature> = Vec::new();
    let mut found = Signature { authority: Vec::new(), post: None, name: None, name_is_doubtful: false };
    // The places of a post that stands on two lines.
    let mut post: Option<Bounds> = None;
    for line in lines.iter().flat_map(|line| pieces(text, *line)) {
        let line = clean(text, line);
        let (authority, titled) = (is_authority(text, line), is_post(text, line));
        if (authority || titled) && found.name.is_some() {
            all.push(std::mem::replace(
                &mut found,
                Signature { authority: Vec::new(), post: None, name: None, name_is_doubtful: false },
            ));
            post = None;
        }
        if authority {
            found.authority.push(text.quote(line, 97));
        } else if titled {
            let value = match &found.post {
                Some(above) => format!("{} / {}", above.value, text.words(line)),
                None => text.words(line),
            };
            let whole = Bounds::new(post.map_or(line.start, |post| post.start), line.end);
            post = Some(whole);
            found.post = Some(text.found(value, whole, 97));
        } else if found.name.is_none()
            && (found.post.is_some() || !found.authority.is_empty())
            && is_name(text.slice(untitled(text, line)))
        {
            let line = untitled(text, line);
            let family = text.slice(line).split(' ').next().unwrap_or("");
            found.name_is_doubtful = !FAMILIES.contains(&family);
            found.name = Some(text.quote(line, if found.name_is_doubtful { 60 } else { 95 }));
        }
    }
    // «KT. GIÁM ĐỐC» alone: the authority stands, the post is missing and said so.
    if found.post.is_some() || !found.authority.is_empty() {
        all.push(found);
    }
    all
}
