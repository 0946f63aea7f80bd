package io.millrace.runtime.state.heap;

import java.util.Map;

/**
 * What a checkpoint has of a back end. Immutable.
 *
 * @param version of the freeze
 * @param tables by name
 */
record StoredTables(int version, Map<String, StoredTable> tables) {
    StoredTables {
        tables = Map.copyOf(tables);
    }
}
