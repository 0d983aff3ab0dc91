//! Values that cross the border to a database, the same five on both engines.

use crate::StoreError;

/// One value of a row or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// BIGINT or SMALLINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT, UTF-8.
    Text(String),
    /// BLOB or BYTEA.
    Blob(Vec<u8>),
}

/// One row of an answer, its values in the order of the SELECT.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Value>);

/// A type that a column can be read into.
pub trait FromValue: Sized {
    /// The value, or `None` where the column holds another type.
    fn from_value(value: &Value) -> Option<Self>;
}

impl Row {
    /// The column at a position, zero first.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T, StoreError> {
        self.0
            .get(column)
            .and_then(T::from_value)
            .ok_or_else(|| StoreError::Unreadable(format!("column {column} is {:?}", self.0.get(column))))
    }
}

macro_rules! from_value {
    ($type:ty, $pattern:pat => $result:expr) => {
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $pattern => $result,
                    _ => None,
                }
            }
        }
    };
}

from_value!(i64, Value::Int(number) => Some(*number));
from_value!(f64, Value::Real(number) => Some(*number));
from_value!(String, Value::Text(text) => Some(text.clone()));
from_value!(Vec<u8>, Value::Blob(bytes) => Some(bytes.clone()));
from_value!(quantity::Id, Value::Blob(bytes) => bytes.as_slice().try_into().ok().map(quantity::Id::from_bytes));
from_value!(quantity::Moment, Value::Int(micros) => Some(quantity::Moment::from_micros(*micros)));
from_value!(quantity::Grams, Value::Int(grams) => Some(quantity::Grams(*grams)));
from_value!(place::ProvinceId, Value::Int(number) => Some(place::ProvinceId::new(*number)));
from_value!(u32, Value::Int(number) => u32::try_from(*number).ok());
from_value!(u64, Value::Int(number) => u64::try_from(*number).ok());
from_value!(bool, Value::Int(number) => Some(*number != 0));
from_value!(jiff::civil::Date, Value::Text(text) => text.parse().ok());

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Int(i64::from(flag))
    }
}

impl From<f64> for Value {
    /// As both engines keep it: SQLite knows neither −0 nor a number that is none, and a row must
    /// say the same wherever it stands.
    fn from(number: f64) -> Self {
        if number.is_nan() { Self::Null } else { Self::Real(number + 0.0) }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl From<[u8; 32]> for Value {
    fn from(bytes: [u8; 32]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl From<quantity::Id> for Value {
    fn from(id: quantity::Id) -> Self {
        Self::Blob(id.bytes().to_vec())
    }
}

impl From<quantity::Moment> for Value {
    fn from(at: quantity::Moment) -> Self {
        Self::Int(at.micros())
    }
}

impl From<quantity::Grams> for Value {
    fn from(grams: quantity::Grams) -> Self {
        Self::Int(grams.0)
    }
}

impl From<place::ProvinceId> for Value {
    fn from(province: place::ProvinceId) -> Self {
        Self::Int(province.number())
    }
}

impl From<jiff::civil::Date> for Value {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! typed_ids {
    ($($id:ty),+) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                id.0.into()
            }
        }
        impl FromValue for $id {
            fn from_value(value: &Value) -> Option<Self> {
                quantity::Id::from_value(value).map(Self)
            }
        }
    )+};
}

typed_ids!(
    place::FacilityId,
    place::BodyId,
    place::PersonId,
    place::UserId,
    oxygen::StoreId,
    oxygen::ReadingId,
    oxygen::MovementId,
    oxygen::CensusId,
    oxygen::ReportId,
    crate::OperationId
);

/// Builds the parameters of a statement from values of any of the types above.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::Value::from($value)),*]
    };
}
