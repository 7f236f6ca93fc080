//! Failures, the status each becomes, and the key of the words people see.
