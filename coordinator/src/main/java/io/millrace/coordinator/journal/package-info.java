/**
 * What a new leader must know, written before it takes effect. Way in: {@link
 * io.millrace.coordinator.journal.JournalEntry}; the stores implement {@link
 * io.millrace.coordinator.journal.JournalStore}. Values are immutable; a store is confined to the
 * host's thread.
 */
package io.millrace.coordinator.journal;
