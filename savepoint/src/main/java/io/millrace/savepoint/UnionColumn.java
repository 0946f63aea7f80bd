package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * A sealed family: the name of the case, and a column for each of which one is there. Immutable.
 */
final class UnionColumn extends GroupColumn {
    private final List<String> cases;

    /**
     * @param tag name of the column with the case's name
     * @param cases their names
     */
    UnionColumn(String tag, List<String> cases, List<Column> parts) {
        super(with(tag, cases), with(new EnumColumn(), parts));
        this.cases = List.copyOf(cases);
    }

    private static <T> List<T> with(T first, List<? extends T> list) {
        List<T> longer = new ArrayList<>();
        longer.add(first);
        longer.addAll(list);
        return longer;
    }

    @Override
    Object[] apart(Object value) {
        Case one = (Case) value;
        Object[] all = new Object[cases.size() + 1];
        all[0] = cases.get(one.index());
        all[one.index() + 1] = one.value();
        return all;
    }

    @Override
    Object together(Object[] values) {
        int index = cases.indexOf(values[0]);
        return index < 0 ? null : new Case(index, values[index + 1]);
    }
}
