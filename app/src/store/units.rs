//! Units of the municipalities.

use surveys::Localized;
use surveys::network::Unit;

use super::{
    Store, StoreError,
    database::{Connection, query},
    failure::id,
};

type UnitRow = (String, String, String, String, String, String);

impl Store {
    /// Takes units in: they are added or renamed, none is removed.
    ///
    /// # Errors
    /// When a municipality is unknown or the database fails.
    pub async fn record_units(&self, units: Vec<Unit>) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                for unit in units {
                    refuse_second_place(tx, &unit).await?;
                    query(
                        "INSERT INTO units (municipality, unit, kind, name_fi, name_sv, name_en)
                         VALUES ($1, $2, $3, $4, $5, $6)
                         ON CONFLICT (municipality, unit) DO UPDATE SET kind = excluded.kind,
                         name_fi = excluded.name_fi, name_sv = excluded.name_sv,
                         name_en = excluded.name_en",
                    )
                    .bind(unit.municipality.as_str())
                    .bind(unit.id.as_str())
                    .bind(unit.kind)
                    .bind(unit.name.fi)
                    .bind(unit.name.sv)
                    .bind(unit.name.en)
                    .execute(&mut *tx)
                    .await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Returns all units by municipality and id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn units(&self) -> Result<Vec<Unit>, StoreError> {
        let rows: Vec<UnitRow> = query(
            "SELECT municipality, unit, kind, name_fi, name_sv, name_en FROM units
             ORDER BY municipality, unit",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(municipality, unit, kind, fi, sv, en)| {
                Ok(Unit {
                    municipality: id("units", municipality)?,
                    id: id("units", unit)?,
                    kind,
                    name: Localized { fi, sv, en },
                })
            })
            .collect()
    }
}

/// Codes and pages name a unit by its id alone, so an id belongs to one municipality.
async fn refuse_second_place(tx: &mut Connection, unit: &Unit) -> Result<(), StoreError> {
    let elsewhere: Option<(String,)> =
        query("SELECT municipality FROM units WHERE unit = $1 AND municipality <> $2")
            .bind(unit.id.as_str())
            .bind(unit.municipality.as_str())
            .fetch_optional(tx)
            .await?;
    match elsewhere {
        None => Ok(()),
        Some((other,)) => Err(StoreError::Refused(format!(
            "unit `{}` of {} has the id of a unit of {other}; give it another id",
            unit.id, unit.municipality
        ))),
    }
}
