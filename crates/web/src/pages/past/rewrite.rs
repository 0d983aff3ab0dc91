//! A page of our own templates becomes a page of the past: its links keep the moment, forms that write and links to
//! pages that are one form are left out, forms that ask keep the moment, and nothing on it asks by itself.
//!
//! Our templates escape what people typed, so a `<` always begins a tag; attributes are quoted with `"`.

/// Forms that change nothing of the province: they stay.
const HARMLESS: &[&str] = &["/ngon-ngu", "/dang-xuat"];
/// Paths that are the same at all times.
const TIMELESS: &[&str] = &["/assets/", "/dang-nhap", "/dang-xuat"];
/// A link or form that leaves the past, or chooses another one, carries this.
const LEAVES: &str = "data-leaves-past";

/// An address of ours with the moment; none where it has one already or leads elsewhere.
pub(super) fn with_moment(href: &str, value: &str) -> Option<String> {
    let ours = href.starts_with('/') && !href.starts_with("//");
    let timeless = TIMELESS.iter().any(|path| href.starts_with(path));
    if !ours || timeless || href.contains("?biet=") || href.contains("&biet=") || href.contains(";biet=") {
        return None;
    }
    let (address, anchor) = href.split_once('#').map_or((href, None), |(address, anchor)| (address, Some(anchor)));
    let sign = if address.contains('?') { '&' } else { '?' };
    let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
    Some(format!("{address}{sign}biet={value}{anchor}"))
}

/// An address without what it asks and where on the page it leads.
fn path_of(href: &str) -> &str {
    href.split(['?', '#']).next().unwrap_or_default()
}

/// A tag with its attributes as they stand.
struct Tag<'p> {
    name: &'p str,
    attributes: Vec<(&'p str, Option<&'p str>)>,
    /// How many bytes it takes, from `<` to `>`.
    length: usize,
}

impl<'p> Tag<'p> {
    /// The tag that begins a text with `<`; none where no tag begins.
    fn of(text: &'p str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let end_of_name = inside.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
        let name = &inside[..end_of_name];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut rest = &inside[end_of_name..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return Some(Self { name, attributes, length: text.len() - after.len() });
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>')?;
            let attribute = &rest[..end];
            rest = &rest[end..];
            match rest.strip_prefix('=') {
                None => attributes.push((attribute, None)),
                Some(after) => {
                    let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'')?;
                    let (value, after) = after[1..].split_once(quote)?;
                    attributes.push((attribute, Some(value)));
                    rest = after;
                }
            }
        }
    }

    fn value(&self, name: &str) -> Option<&'p str> {
        self.attributes.iter().find(|(known, _)| *known == name).and_then(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| *known == name)
    }

    /// Writes it again without what asks by itself, with another `href`.
    fn write(&self, page: &mut String, href: Option<&str>) {
        page.push('<');
        page.push_str(self.name);
        for (name, value) in self.attributes.iter().filter(|(name, _)| !name.starts_with("hx-")) {
            page.push(' ');
            page.push_str(name);
            let value = href.filter(|_| *name == "href").or(*value);
            if let Some(value) = value {
                page.push_str("=\"");
                page.push_str(&value.replace('"', "&quot;"));
                page.push('"');
            }
        }
        page.push('>');
    }
}

/// A page as it is shown of the past; `value` is the moment as an address carries it.
pub(super) fn page(html: &str, value: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        page.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(tag) = Tag::of(rest) else {
            page.push('<');
            rest = &rest[1..];
            continue;
        };
        let (whole, after) = rest.split_at(tag.length);
        rest = after;
        match tag.name {
            "form" if tag.has(LEAVES) => page.push_str(whole),
            "form" if tag.value("method").is_some_and(|method| method.eq_ignore_ascii_case("post")) => {
                let stays = tag.value("action").is_some_and(|action| HARMLESS.contains(&action));
                if stays {
                    page.push_str(whole);
                } else {
                    rest = rest.split_once("</form>").map_or("", |(_, after)| after);
                }
            }
            "form" => {
                tag.write(&mut page, None);
                page.push_str(&format!(
                    "<input type=\"hidden\" name=\"biet\" value=\"{}\">",
                    value.replace("%3A", ":")
                ));
            }
            "a" if tag.value("href").is_some_and(|href| super::is_form(path_of(href))) => {
                rest = rest.split_once("</a>").map_or("", |(_, after)| after);
            }
            "a" if !tag.has(LEAVES) => {
                let href = tag.value("href").and_then(|href| with_moment(href, value));
                match href {
                    Some(href) => tag.write(&mut page, Some(&href)),
                    None => page.push_str(whole),
                }
            }
            _ if tag.attributes.iter().any(|(name, _)| name.starts_with("hx-")) => tag.write(&mut page, None),
            _ => page.push_str(whole),
        }
    }
    page.push_str(rest);
    page
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const THEN: &str = "2026-11-12T07%3A00";

    #[test]
    fn links_of_ours_keep_the_moment() {
        let keeps = |href: &str| with_moment(href, THEN);
        assert_eq!(keeps("/oxy").as_deref(), Some("/oxy?biet=2026-11-12T07%3A00"));
        assert_eq!(keeps("/oxy?q=a#b").as_deref(), Some("/oxy?q=a&biet=2026-11-12T07%3A00#b"));
        for same in ["tel:0297", "#main", "//evil.example", "https://a.example/", "/assets/x/app.js", "/oxy?biet=x"] {
            assert_eq!(keeps(same), None, "{same}");
        }
    }

    #[test]
    fn forms_that_write_go_and_forms_that_ask_stay() {
        let html = "<p>a &lt; b</p><form class=\"entry\" method=\"post\" action=\"/oxy/truc\"><input name=\"x\"></form>\
            <form method=\"post\" action=\"/ngon-ngu\"><button>English</button></form>\
            <form method=\"get\" action=\"/oxy\" role=\"search\"><input name=\"q\"></form>\
            <form method=\"get\" action=\"/oxy\" data-leaves-past><input name=\"biet\"></form>\
            <a class=\"button\" href=\"/oxy\">Oxy</a><a data-leaves-past href=\"/oxy\">Về</a>\
            <a class=\"button\" href=\"/co-so/7/bao-cao?x=1\">Nhập thay</a>\
            <section id=\"board\" hx-get=\"/oxy/bang?tu=1\" hx-trigger=\"every 4s\">x</section>";
        let expected = "<p>a &lt; b</p>\
            <form method=\"post\" action=\"/ngon-ngu\"><button>English</button></form>\
            <form method=\"get\" action=\"/oxy\" role=\"search\"><input type=\"hidden\" name=\"biet\" value=\"2026-11-12T07:00\"><input name=\"q\"></form>\
            <form method=\"get\" action=\"/oxy\" data-leaves-past><input name=\"biet\"></form>\
            <a class=\"button\" href=\"/oxy?biet=2026-11-12T07%3A00\">Oxy</a><a data-leaves-past href=\"/oxy\">Về</a>\
            <section id=\"board\">x</section>";
        assert_eq!(page(html, THEN), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_without_a_fall(text in "[<>/a-z \"'=&;đ-]{0,200}") {
            page(&text, THEN);
        }

        #[test]
        fn text_without_links_and_forms_stays_as_it_is(words in "[a-zđ &;]{0,40}", class in "[a-z-]{0,10}") {
            let html = format!("<!doctype html><p class=\"{class}\">{words}<br>1 &lt; 2</p>");
            prop_assert_eq!(page(&html, THEN), html);
        }
    }
}
