package io.millrace.api.type;

import java.util.ArrayList;
import java.util.List;

/** Compares lists of rows, as tests do. Pure. */
public final class RowUtils {
    /** No effect: rows are printed in the form of today, with their kind. */
    public static boolean USE_LEGACY_TO_STRING = false;

    private RowUtils() {}

    /** Whether both have the same rows in the same order; null equals null. */
    public static boolean compareRows(List<Row> l1, List<Row> l2) {
        return compareRows(l1, l2, false);
    }

    /**
     * @param ignoreOrder true to compare how often each row is in both
     */
    public static boolean compareRows(List<Row> l1, List<Row> l2, boolean ignoreOrder) {
        if (l1 == l2) {
            return true;
        }
        if (l1 == null || l2 == null || l1.size() != l2.size()) {
            return false;
        }
        if (!ignoreOrder) {
            return l1.equals(l2);
        }
        List<Row> rest = new ArrayList<>(l2);
        return l1.stream().allMatch(rest::remove);
    }
}
