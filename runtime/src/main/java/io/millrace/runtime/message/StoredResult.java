package io.millrace.runtime.message;

import io.millrace.runtime.plan.ResultId;
import java.util.List;

/**
 * A result that is whole, and where it is. Immutable.
 *
 * @param worker that wrote it and serves it
 * @param ranges one for each consumer that the producer has, in their order; a single one if all of
 *     them read the same
 * @param node the shuffle service that serves it, too, whether the worker lives or not; null if
 *     only the worker does
 */
public record StoredResult(
        ResultId id, WorkerAddress worker, List<Range> ranges, NodeService node) {
    /**
     * What one consumer reads of it.
     *
     * @param bytes as they are stored
     */
    public record Range(long records, long bytes) {}

    public StoredResult {
        ranges = List.copyOf(ranges);
    }

    /** That the worker alone serves. */
    public StoredResult(ResultId id, WorkerAddress worker, List<Range> ranges) {
        this(id, worker, ranges, null);
    }

    public StoredResult servedBy(NodeService service) {
        return new StoredResult(id, worker, ranges, service);
    }

    /**
     * Neighbouring ranges of it.
     *
     * @param from the first
     * @param to behind the last
     */
    public ResultSlice slice(int from, int to) {
        long records = 0;
        long bytes = 0;
        for (Range range : ranges.subList(from, to)) {
            records += range.records();
            bytes += range.bytes();
        }
        return new ResultSlice(from, to, records, bytes);
    }

    public long bytes() {
        return ranges.stream().mapToLong(Range::bytes).sum();
    }
}
