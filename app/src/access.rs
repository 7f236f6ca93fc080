//! Who may do what: one table, deny unless it says otherwise (AZ-1).
//!
//! The scope comes from the object in the store, never from the request (AZ-2). What is out of
//! scope looks as if it did not exist (AZ-3).

use surveys::MunicipalityCode;

use crate::store::Coordinator;

/// Somebody who asks for something beyond reading and answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// Nobody is signed in.
    Visitor,
    /// A signed-in coordinator.
    Coordinator(&'a Coordinator),
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See rounded progress of a wave.
    SeeProgress,
    /// Set a wave up.
    SetUpWave,
    /// Make codes.
    MakeCodes,
    /// Close a wave.
    CloseWave,
    /// See released findings.
    SeeFindings,
}

/// Whose the object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// The network's.
    Network,
    /// A municipality's.
    Municipality(&'a MunicipalityCode),
}

/// Returns whether the actor may do this to an object of this place.
#[must_use]
pub fn allows(actor: Actor<'_>, action: Action, place: Place<'_>) -> bool {
    match (actor, action, place) {
        (Actor::Visitor, _, _) => false,
        // The network's own figures come from its released file, which its gate has protected.
        (Actor::Coordinator(_), Action::SeeFindings, Place::Network)
        | (Actor::Coordinator(Coordinator::Network), Action::SeeProgress, _)
        | (Actor::Coordinator(Coordinator::Network), Action::SetUpWave, _)
        | (Actor::Coordinator(Coordinator::Network), Action::MakeCodes, _)
        | (Actor::Coordinator(Coordinator::Network), Action::CloseWave, _) => true,
        // A city's figures are the city's: the network sees them where the city shares them, in
        // its own file.
        (Actor::Coordinator(Coordinator::Network), Action::SeeFindings, _) => false,
        (Actor::Coordinator(Coordinator::Municipality(own)), _, Place::Municipality(place)) => {
            own == place
        }
        (Actor::Coordinator(Coordinator::Municipality(_)), _, Place::Network) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: [Action; 5] = [
        Action::SeeProgress,
        Action::SetUpWave,
        Action::MakeCodes,
        Action::CloseWave,
        Action::SeeFindings,
    ];

    fn code(text: &str) -> MunicipalityCode {
        MunicipalityCode::new(text).unwrap()
    }

    #[test]
    fn a_visitor_may_do_nothing() {
        let place = code("092");
        for action in ACTIONS {
            assert!(!allows(Actor::Visitor, action, Place::Network));
            assert!(!allows(Actor::Visitor, action, Place::Municipality(&place)));
        }
    }

    #[test]
    fn a_city_coordinator_stays_in_the_city() {
        let (own, other) = (code("092"), code("837"));
        let coordinator = Coordinator::Municipality(own.clone());
        let actor = Actor::Coordinator(&coordinator);
        for action in ACTIONS {
            assert!(
                allows(actor, action, Place::Municipality(&own)),
                "{action:?}"
            );
            assert!(
                !allows(actor, action, Place::Municipality(&other)),
                "{action:?}"
            );
            let network = allows(actor, action, Place::Network);
            assert_eq!(network, action == Action::SeeFindings, "{action:?}");
        }
    }

    #[test]
    fn the_network_coordinator_sees_no_city_figures() {
        let city = code("092");
        let actor = Actor::Coordinator(&Coordinator::Network);
        assert!(!allows(
            actor,
            Action::SeeFindings,
            Place::Municipality(&city)
        ));
        assert!(allows(actor, Action::SeeFindings, Place::Network));
        assert!(allows(actor, Action::CloseWave, Place::Municipality(&city)));
    }
}
