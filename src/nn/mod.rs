//! The dropout core.
