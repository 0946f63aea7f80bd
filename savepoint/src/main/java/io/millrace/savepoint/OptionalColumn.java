package io.millrace.savepoint;

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
    Object together(Object[] values) {
        return Optional.ofNullable(values[0]);
    }
}
