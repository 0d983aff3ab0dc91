//! Fields in which a leader or officer is in charge (DT07): data, with the words by which orders name them. Which words
//! stand in an order is for whoever reads it.

use serde::Deserialize;

use crate::NormProblem;

/// One field.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its stable name.
    pub code: String,
    /// What a Vietnamese reader sees.
    pub name: String,
    /// Words of orders that belong to it.
    pub words: Vec<String>,
}

/// The fields of an office.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerFields {
    /// Stable name and version.
    pub id: String,
    /// What a Vietnamese reader sees.
    pub title: String,
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// One by one.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

impl OfficerFields {
    /// The fields as shipped.
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn shipped() -> Result<Self, NormProblem> {
        Self::from_toml("officer-fields.toml", include_str!("../../../protocols/officer-fields.toml"))
    }

    /// Fields from a text.
    ///
    /// # Errors
    /// [`NormProblem::Malformed`] when it cannot be read, a code stands twice or a field has no words.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NormProblem> {
        let malformed = |cause: String| NormProblem::Malformed { file: file.to_owned(), cause };
        let read: Self = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        for (place, field) in read.fields.iter().enumerate() {
            if field.words.is_empty() || read.fields[..place].iter().any(|other| other.code == field.code) {
                return Err(malformed(format!("{} has no words or stands twice", field.code)));
            }
        }
        Ok(read)
    }

    /// The field of a stable name.
    pub fn of_code(&self, code: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DT07: the fields of the mission are there, each with its words, and nobody has confirmed them.
    #[test]
    fn the_fields_are_data_with_their_source() {
        let fields = OfficerFields::shipped().unwrap();
        assert!(fields.unconfirmed && !fields.source.is_empty());
        for code in ["oxygen", "treatment", "vaccination", "supplies", "finance", "communication"] {
            assert!(fields.of_code(code).is_some_and(|field| !field.name.is_empty()), "{code}");
        }
        assert!(OfficerFields::from_toml("x", "id = 1").is_err());
    }
}
