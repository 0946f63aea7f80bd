package io.millrace.testutils;

import io.millrace.api.sink.RichSinkFunction;
import java.util.List;
import java.util.UUID;

/**
 * A sink function that keeps what it gets, for tests in the process of the cluster; see {@link
 * CollectingSink} for sinks of today.
 */
@SuppressWarnings("deprecation") // programs under test use sink functions
public class TestListResultSink<T> extends RichSinkFunction<T> {
    private static final long serialVersionUID = 1L;

    private final UUID id = Collected.open();

    @Override
    public void invoke(T value) {
        Collected.add(id, value);
    }

    /** A copy of what all subtasks got so far, in the order of arrival. */
    public List<T> getResult() {
        return Collected.of(id);
    }

    /** The same in the natural order of the records. */
    public List<T> getSortedResult() {
        List<T> results = getResult();
        results.sort(null);
        return results;
    }
}
