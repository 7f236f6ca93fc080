//! Municipalities of the network.

use surveys::MunicipalityCode;

use super::{Store, StoreError, failure::id};

/// A municipality that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkMunicipality {
    /// Its code.
    pub code: MunicipalityCode,
    /// Whether its figures may be shown by name in the network.
    pub shares_figures: bool,
}

impl Store {
    /// Takes a whole network in: municipalities are added or changed, none is removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_network(
        &self,
        network: Vec<NetworkMunicipality>,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                for municipality in network {
                    sqlx::query(
                        "INSERT INTO municipalities (code, shares_figures) VALUES ($1, $2)
                         ON CONFLICT (code) DO UPDATE SET shares_figures = excluded.shares_figures",
                    )
                    .bind(municipality.code.as_str())
                    .bind(i64::from(municipality.shares_figures))
                    .execute(&mut *tx)
                    .await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Returns the municipalities of the network by code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn network(&self) -> Result<Vec<NetworkMunicipality>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT code, shares_figures FROM municipalities ORDER BY code")
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter()
            .map(|(code, shares)| {
                Ok(NetworkMunicipality {
                    code: id("municipalities", code)?,
                    shares_figures: shares != 0,
                })
            })
            .collect()
    }
}
