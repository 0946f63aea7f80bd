package io.millrace.runtime.operator.window;

import io.millrace.runtime.operator.FoldSerializer;
import io.millrace.runtime.serde.Serializer;

/**
 * From the values of rows to what is stored of them, and back: a fold in place is stored as the
 * record that it stands for. Immutable.
 */
final class RowValues {
    private final Serializer<Object> values;
    private final FoldSerializer folds; // null if values are stored as they are

    RowValues(Serializer<Object> values) {
        this.values = values;
        this.folds = values instanceof FoldSerializer ? (FoldSerializer) values : null;
    }

    Object stored(Object value) {
        return folds == null ? value : folds.recordOf(value);
    }

    Object restored(Object stored) {
        return folds == null ? stored : folds.stateOf(stored);
    }

    Serializer<Object> serializer() {
        return values;
    }
}
