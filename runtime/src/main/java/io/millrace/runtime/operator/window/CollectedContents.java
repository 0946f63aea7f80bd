package io.millrace.runtime.operator.window;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.runtime.state.ListTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All records of each window, in the order of their arrival; if there is an evictor, as pairs of
 * timestamp and record. Confined to the task.
 */
final class CollectedContents extends Contents {
    private final String operator;
    private final ListTable table;
    private final boolean stamped;

    /**
     * @param operator its name, for messages
     * @param stamped whether elements are pairs
     */
    CollectedContents(String operator, ListTable table, boolean stamped) {
        this.operator = operator;
        this.table = table;
        this.stamped = stamped;
    }

    @Override
    void setWindow(Object window) {
        table.setNamespace(window);
    }

    @Override
    void add(Object record, long timestampMs, boolean shared) {
        if (record == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a record for the windows of operator '"
                            + operator
                            + "' is null, and windows keep no nulls. Filter them out before the"
                            + " window.");
        }
        table.add(stamped ? Tuple2.of(timestampMs, record) : record);
    }

    @Override
    Object get() {
        return table.get();
    }

    /** The current window has these elements from now on. */
    void replace(List<Object> elements) {
        table.replace(elements);
    }

    @Override
    void clear() {
        table.remove();
    }

    @Override
    void merge(Object into, Collection<?> from) {
        List<Object> all = new ArrayList<>();
        for (Object window : from) {
            table.setNamespace(window);
            List<Object> elements = table.get();
            if (elements != null) {
                all.addAll(elements);
                table.remove();
            }
        }
        table.setNamespace(into);
        if (!all.isEmpty()) {
            table.addAll(all);
        }
    }
}
