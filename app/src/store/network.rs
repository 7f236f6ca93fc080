//! The network: its name, whether its answers are invented, and its municipalities.

use surveys::dataset::Origin;
use surveys::network::{Network, NetworkMunicipality};

use super::{
    Store, StoreError,
    database::{Connection, query},
    failure::id,
};

impl Store {
    /// Takes a network in: municipalities are added or changed, none is removed.
    ///
    /// # Errors
    /// When another network is there, or the database fails.
    pub async fn record_network(&self, network: Network) -> Result<(), StoreError> {
        let title = serde_json::to_string(&network.title)
            .map_err(|error| StoreError::row("network", error))?;
        self.write(move |tx| {
            Box::pin(async move {
                query(
                    "INSERT INTO network (id, title, simulated) VALUES ($1, $2, $3)
                     ON CONFLICT (id) DO UPDATE SET title = excluded.title",
                )
                .bind(network.id.as_str())
                .bind(title)
                .bind(i64::from(network.origin == Origin::Simulated))
                .execute(&mut *tx)
                .await?;
                one_network(tx, &network).await?;
                for municipality in network.municipalities {
                    query(
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

    /// Returns the network, if one was taken in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn network(&self) -> Result<Option<Network>, StoreError> {
        let row: Option<(String, String, i64)> = query("SELECT id, title, simulated FROM network")
            .fetch_optional(&self.readers)
            .await?;
        let Some((name, title, simulated)) = row else {
            return Ok(None);
        };
        Ok(Some(Network {
            id: id("network", name)?,
            title: serde_json::from_str(&title)
                .map_err(|error| StoreError::row("network", error))?,
            origin: if simulated == 0 {
                Origin::Collected
            } else {
                Origin::Simulated
            },
            municipalities: self.municipalities().await?,
        }))
    }

    /// Returns the municipalities of the network by code.
    ///
    /// # Errors
    /// When the database fails.
    async fn municipalities(&self) -> Result<Vec<NetworkMunicipality>, StoreError> {
        let rows: Vec<(String, i64)> =
            query("SELECT code, shares_figures FROM municipalities ORDER BY code")
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

/// Invented and real answers never share a store.
async fn one_network(tx: &mut Connection, network: &Network) -> Result<(), StoreError> {
    let kept: Vec<(String, i64)> = query("SELECT id, simulated FROM network")
        .fetch_all(tx)
        .await?;
    match kept.as_slice() {
        [(_, simulated)] if (*simulated != 0) == (network.origin == Origin::Simulated) => Ok(()),
        [_] => Err(StoreError::Refused(format!(
            "the network `{}` is here with another origin; invented and collected answers need \
             data folders of their own",
            network.id
        ))),
        _ => Err(StoreError::Refused(
            "another network is in this data folder; a data folder holds one".into(),
        )),
    }
}
