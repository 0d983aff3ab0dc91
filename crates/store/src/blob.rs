//! Files kept by their content: letters, photos, signed papers. The same bytes are kept once a
//! province, and travel with every snapshot.

use place::ProvinceId;
use quantity::Moment;

use crate::encode::sha256;
use crate::statement::statements;
use crate::{Connection, StoreError, Transaction, params};

statements! {
    INSERT = "INSERT INTO blob (province, sha256, media_type, content, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (province, sha256) DO NOTHING";
    SELECT = "SELECT media_type, content FROM blob WHERE province = ?1 AND sha256 = ?2";
}

/// Keeps some bytes; returns the name under which they are found again.
pub fn keep(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    media_type: &str,
    content: Vec<u8>,
    at: Moment,
) -> Result<[u8; 32], StoreError> {
    let name = sha256(&content);
    transaction.write(INSERT, params![province, name, media_type, content, at])?;
    Ok(name)
}

/// The media type and bytes kept under a name.
pub fn find(
    connection: &mut Connection,
    province: ProvinceId,
    name: &[u8],
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let row = connection.query_one(SELECT, params![province, name])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// The bytes kept under several names, in their order; none where there are none. The questions travel together.
pub fn many(
    connection: &mut Connection,
    province: ProvinceId,
    names: &[Vec<u8>],
) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
    let mut asked = Vec::with_capacity(names.len());
    for name in names {
        asked.push(connection.ask(SELECT, params![province, name.as_slice()])?);
    }
    let mut found = Vec::with_capacity(asked.len());
    for asked in asked {
        found.push(connection.answer(asked)?.first().map(|row| row.get(1)).transpose()?);
    }
    Ok(found)
}
