//! Identifiers of the things this crate speaks of.

quantity::define_id! {
    /// A store of oxygen: one tank, one kind of cylinder, one plant.
    StoreId
}
quantity::define_id! {
    /// What a gauge or count showed, once.
    ReadingId
}
quantity::define_id! {
    /// Oxygen that came, went or was used.
    MovementId
}
quantity::define_id! {
    /// A count of the patients of a facility by device.
    CensusId
}
quantity::define_id! {
    /// What one person sent in one go: readings, census, movements.
    ReportId
}
