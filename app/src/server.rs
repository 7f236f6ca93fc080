//! Addresses, handlers and what stands in front of them.
