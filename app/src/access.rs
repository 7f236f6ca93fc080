//! Who may do what: deny unless the table says otherwise.
