//! What engines write differently. All logic is written alike in each of them.

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Postgres,
    DuckDb,
    Spark,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Flag,
    Number,
    Text,
}

impl Dialect {
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Postgres => "PostgreSQL",
            Dialect::DuckDb => "DuckDB",
            Dialect::Spark => "Spark",
        }
    }

    /// A name with any characters, exactly as it is. Of `schema.table`, each part.
    pub fn quoted(self, name: &str) -> String {
        let (quote, twice) = match self {
            Dialect::Postgres | Dialect::DuckDb => ("\"", "\"\""),
            Dialect::Spark => ("`", "``"),
        };
        format!("{quote}{}{quote}", name.replace(quote, twice))
    }

    pub fn table(self, name: &str) -> String {
        name.split('.').map(|part| self.quoted(part)).collect::<Vec<_>>().join(".")
    }

    /// A string. Spark reads backslashes in it.
    pub fn string(self, text: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("'{}'", text.replace('\'', "''")),
            Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }

    pub fn type_name(self, of: Type) -> &'static str {
        match (of, self) {
            (Type::Flag, _) => "boolean",
            // A 32-bit 2.6 is not at least 2.6.
            (Type::Number, _) => "decimal(18,6)",
            (Type::Text, Dialect::Postgres) => "text",
            (Type::Text, Dialect::DuckDb) => "varchar",
            (Type::Text, Dialect::Spark) => "string",
        }
    }

    /// What keeps the engine from working a column out again wherever it is used; `None`: nothing does.
    pub fn fence(self) -> Option<&'static str> {
        match self {
            Dialect::Postgres | Dialect::DuckDb => Some("offset 0"),
            Dialect::Spark => None,
        }
    }

    /// The most columns that a query may carry.
    pub fn most_columns(self) -> usize {
        match self {
            Dialect::Postgres => 1_600,
            Dialect::DuckDb | Dialect::Spark => 10_000,
        }
    }
}
