//! Changes behind the program's back, as damage or a hand in the database makes them.

use store::schema::Table;
use store::{Connection, Kind, Row, Value};

/// Runs a text made at run time.
pub fn run(connection: &mut Connection, sql: String, params: Vec<Value>) {
    connection.write(sql.leak(), params).and_then(|()| connection.flush()).expect("a statement");
}

/// All rows of a table, in the order of its key.
pub fn rows(connection: &mut Connection, table: &Table) -> Vec<Row> {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), table.name, table.key.join(", "));
    connection.query(sql.leak(), Vec::new()).expect("rows")
}

fn key_clause(table: &Table, first: usize) -> String {
    let parts: Vec<String> =
        table.key.iter().enumerate().map(|(index, column)| format!("{column} = ?{}", first + index)).collect();
    parts.join(" AND ")
}

fn key_values(table: &Table, row: &Row) -> Vec<Value> {
    let at = |key: &&str| table.columns.iter().position(|(name, _)| name == key).expect("a key column");
    table.key.iter().map(|key| row.0[at(key)].clone()).collect()
}

/// Sets one column of one row.
pub fn set(connection: &mut Connection, table: &Table, row: &Row, column: usize, value: Value) {
    let sql = format!("UPDATE {} SET {} = ?1 WHERE {}", table.name, table.columns[column].0, key_clause(table, 2));
    let mut params = vec![value];
    params.extend(key_values(table, row));
    run(connection, sql, params);
}

/// Takes one row out.
pub fn delete(connection: &mut Connection, table: &Table, row: &Row) {
    run(connection, format!("DELETE FROM {} WHERE {}", table.name, key_clause(table, 1)), key_values(table, row));
}

/// Puts a row in.
pub fn insert(connection: &mut Connection, table: &Table, row: &Row) {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns.join(", "), places.join(", "));
    run(connection, sql, row.0.clone());
}

/// The value with one bit turned in its middle; where there is none, something that was not said.
pub fn flipped(kind: Kind, value: &Value) -> Value {
    match value {
        Value::Null if kind == Kind::Int => Value::Int(1),
        Value::Null if kind == Kind::Real => Value::Real(1.0),
        Value::Null if kind == Kind::Text => Value::Text("x".to_owned()),
        Value::Null => Value::Blob(vec![1; 16]),
        Value::Int(number) => Value::Int(number ^ 1),
        Value::Real(number) => Value::Real(f64::from_bits(number.to_bits() ^ 1)),
        Value::Text(text) => {
            // The lowest bit of an ASCII letter or digit leaves a text that PostgreSQL accepts.
            let mut bytes = text.clone().into_bytes();
            match bytes.iter().position(u8::is_ascii_alphanumeric) {
                Some(at) => bytes[at] ^= 1,
                None => bytes.push(b'x'),
            }
            Value::Text(String::from_utf8(bytes).expect("still a text"))
        }
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Value::Blob(bytes)
        }
    }
}
