package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Table;
import java.util.Base64;
import java.util.Comparator;

/**
 * What tells the tables of an operator apart. In an order that every worker keeps. Immutable.
 *
 * @param form empty for what is not a state
 * @param description Base64; empty for what is not a state
 */
record TableIdentity(Kind kind, String name, String form, String description)
        implements Comparable<TableIdentity> {
    private static final Comparator<TableIdentity> ORDER =
            Comparator.comparing(TableIdentity::kind)
                    .thenComparing(TableIdentity::name)
                    .thenComparing(TableIdentity::form)
                    .thenComparing(TableIdentity::description);

    static TableIdentity of(StatePart part) {
        return new TableIdentity(
                Kind.valueOf(part.kind().name()),
                part.name(),
                part.form(),
                Base64.getEncoder().encodeToString(part.description()));
    }

    static TableIdentity of(Table table) {
        return new TableIdentity(
                table.kind(),
                table.name(),
                table.form() == null ? "" : table.form(),
                table.description() == null ? "" : table.description());
    }

    @Override
    public int compareTo(TableIdentity other) {
        return ORDER.compare(this, other);
    }
}
