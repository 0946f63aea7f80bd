package io.millrace.testutils.operator;

import io.millrace.api.operator.StreamRecord;
import io.millrace.api.time.Watermark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/** Looks at what a harness has emitted. */
public class TestHarnessUtil {
    private TestHarnessUtil() {}

    /** The values of the records, without watermarks. */
    @SuppressWarnings("unchecked") // the caller knows the records
    public static <OUT> List<OUT> getRawElementsFromOutput(Queue<Object> output) {
        List<OUT> values = new ArrayList<>();
        for (Object each : output) {
            if (each instanceof StreamRecord<?> record) {
                values.add((OUT) record.getValue());
            }
        }
        return values;
    }

    /** Both have the same records and watermarks in the same order. */
    public static <T> void assertOutputEquals(String message, Queue<T> expected, Queue<T> actual) {
        check(message, List.copyOf(expected), List.copyOf(actual));
    }

    /** The same watermarks in order, and the same records in any order. */
    public static void assertOutputEqualsSorted(
            String message,
            Iterable<Object> expected,
            Iterable<Object> actual,
            Comparator<Object> comparator) {
        check(message, watermarks(expected), watermarks(actual));
        check(message, records(expected, comparator), records(actual, comparator));
    }

    private static List<Object> watermarks(Iterable<Object> output) {
        List<Object> found = new ArrayList<>();
        output.forEach(
                each -> {
                    if (each instanceof Watermark) {
                        found.add(each);
                    }
                });
        return found;
    }

    private static List<Object> records(Iterable<Object> output, Comparator<Object> comparator) {
        List<Object> found = new ArrayList<>();
        output.forEach(
                each -> {
                    if (each instanceof StreamRecord) {
                        found.add(each);
                    }
                });
        found.sort(comparator);
        return found;
    }

    private static void check(String message, List<?> expected, List<?> actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(message + ": expected " + expected + " but was " + actual);
        }
    }
}
