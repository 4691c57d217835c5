//! Claims about dropout that are usually only asserted, each computed: that it trains an ensemble
//! ([`subnetworks`], exact), and that it prevents overfitting ([`race`], by paired seeds).
//! What a reader makes of the numbers, and how they are drawn, is not here.

pub mod race;
pub mod subnetworks;
