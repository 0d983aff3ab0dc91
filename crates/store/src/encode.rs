//! Rows as bytes: the one encoding behind digests and snapshots, the same on both engines.

use sha2::{Digest as _, Sha256};

use crate::StoreError;
use crate::engine::{Row, Value};
use crate::schema::Table;

/// Sixteen bytes that stand for what a row says.
pub type Digest = [u8; 16];

/// Appends one value: a tag, then a length where it varies, then the bytes.
fn put(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0),
        Value::Int(number) => {
            out.push(1);
            out.extend_from_slice(&number.to_le_bytes());
        }
        Value::Real(number) => {
            out.push(2);
            out.extend_from_slice(&number.to_bits().to_le_bytes());
        }
        Value::Text(text) => {
            out.push(3);
            put_bytes(out, text.as_bytes());
        }
        Value::Blob(bytes) => {
            out.push(4);
            put_bytes(out, bytes);
        }
    }
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// The whole row.
pub(crate) fn encode(row: &[Value]) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * row.len());
    row.iter().for_each(|value| put(&mut out, value));
    out
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode(mut bytes: &[u8]) -> Result<Row, StoreError> {
    let mut values = Vec::new();
    while let Some((&tag, rest)) = bytes.split_first() {
        bytes = rest;
        values.push(match tag {
            0 => Value::Null,
            1 => Value::Int(i64::from_le_bytes(take_eight(&mut bytes)?)),
            2 => Value::Real(f64::from_bits(u64::from_le_bytes(take_eight(&mut bytes)?))),
            3 => Value::Text(String::from_utf8(take_bytes(&mut bytes)?).map_err(|_| damaged("a text is not UTF-8"))?),
            4 => Value::Blob(take_bytes(&mut bytes)?),
            other => return Err(damaged(&format!("unknown tag {other}"))),
        });
    }
    Ok(Row(values))
}

fn damaged(what: &str) -> StoreError {
    StoreError::DamagedSnapshot(what.to_owned())
}

fn take_eight(bytes: &mut &[u8]) -> Result<[u8; 8], StoreError> {
    let (head, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| damaged("a row ends early"))?;
    *bytes = rest;
    Ok(*head)
}

fn take_bytes(bytes: &mut &[u8]) -> Result<Vec<u8>, StoreError> {
    let length = usize::try_from(u64::from_le_bytes(take_eight(bytes)?)).unwrap_or(usize::MAX);
    let (head, rest) = bytes.split_at_checked(length).ok_or_else(|| damaged("a row ends early"))?;
    *bytes = rest;
    Ok(head.to_vec())
}

/// The digest of what a row says: its table and its columns, but neither the digest itself nor
/// what is filled in later.
pub(crate) fn digest(table: &Table, row: &[Value]) -> Digest {
    let mut said = Vec::with_capacity(16 * row.len());
    said.extend_from_slice(table.name.as_bytes());
    for (index, value) in row.iter().enumerate() {
        if table.is_said(index) {
            put(&mut said, value);
        }
    }
    let mut digest = [0; 16];
    digest.copy_from_slice(&Sha256::digest(&said)[..16]);
    digest
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes as hexadecimal digits: how a digest is written down.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of hexadecimal digits; nothing for anything else.
pub fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let whole = text.len().is_multiple_of(2) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    whole.then(|| (0..text.len()).step_by(2).map(pair).collect()).flatten()
}

/// SHA-256 of a stream, read to its end.
pub fn sha256_of(stream: &mut impl std::io::Read) -> Result<[u8; 32], StoreError> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match stream.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&buffer[..length]),
        }
    }
}

/// What one operation wrote into ledgers, whatever the order: the sum of its rows' digests and
/// their number. Kept in the audit, so that a row taken out or slipped in is noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    sum: u128,
    rows: u64,
}

impl Content {
    /// Adds one row.
    pub fn add(&mut self, digest: Digest) {
        self.sum = self.sum.wrapping_add(u128::from_le_bytes(digest));
        self.rows += 1;
    }

    /// The bytes kept in the audit.
    pub fn to_bytes(self) -> Vec<u8> {
        [&self.sum.to_le_bytes()[..], &self.rows.to_le_bytes()[..]].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_its_encoding_and_every_cut_is_refused() {
        let row = vec![
            Value::Null,
            Value::Int(-5),
            Value::Real(97.88),
            Value::Text("BV Hải Âu".into()),
            Value::Blob(vec![0, 255]),
        ];
        let bytes = encode(&row);
        assert_eq!(decode(&bytes).map(|row| row.0).ok(), Some(row.clone()));
        for cut in 1..bytes.len() {
            let shorter = decode(&bytes[..cut]);
            assert!(shorter.is_err() || shorter.is_ok_and(|read| read.0.len() < row.len()), "cut at {cut}");
        }
    }
}
