package io.millrace.savepoint;

import java.util.Collection;
import java.util.TreeSet;

/**
 * Where the tables of one operator lie: those of a kind and name that are described differently
 * have directories of their own, numbered in the order of their identities. Immutable.
 */
final class TableDirectories {
    private final String uid;
    private final TreeSet<TableIdentity> all;

    /**
     * @param tables all that the operator has
     */
    TableDirectories(String uid, Collection<TableIdentity> tables) {
        this.uid = uid;
        this.all = new TreeSet<>(tables);
    }

    /** From 1. */
    int number(TableIdentity table) {
        return 1
                + (int)
                        all.headSet(table).stream()
                                .filter(
                                        other ->
                                                other.kind() == table.kind()
                                                        && other.name().equals(table.name()))
                                .count();
    }

    String of(TableIdentity table) {
        return TablePaths.directory(uid, table.kind(), table.name(), number(table));
    }
}
