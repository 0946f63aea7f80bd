package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import java.util.List;
import java.util.Optional;

/** What may be there or not, itself never absent. Immutable. */
final class OptionalColumn extends GroupColumn {
    OptionalColumn(Column part) {
        super(List.of("value"), List.of(part));
    }

    @Override
    Object[] apart(Object value) {
        return new Object[] {((Optional<?>) value).orElse(null)};
    }

    @Override
    void move(BinaryReader in, int repetition, Parts to) {
        if (in.readBoolean()) {
            to.move(0, in, repetition);
        } else {
            to.write(0, null, repetition);
        }
    }

    @Override
    void copy(int row, Sources from, BinaryWriter out, PlainStructures structures) {
        boolean there = from.part(0).isThere(row);
        out.writeBoolean(there);
        if (there) {
            from.part(0).copy(row, out, structures);
        }
    }

    @Override
    Object together(Object[] values) {
        return Optional.ofNullable(values[0]);
    }
}
