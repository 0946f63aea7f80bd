package io.millrace.rocks;

import io.millrace.runtime.state.TableForm;

/**
 * A table that lies in a database. Immutable.
 *
 * @param name of the state
 * @param family what RocksDB calls it
 * @param form what was written
 */
record StoredTable(String name, String family, TableForm form) {}
