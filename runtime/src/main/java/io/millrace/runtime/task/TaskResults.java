package io.millrace.runtime.task;

import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.StoredResult;
import java.util.ArrayList;
import java.util.List;

/** What one attempt keeps for later stages. Confined to the task. */
final class TaskResults implements AutoCloseable {
    private final StoredExchange exchange;
    private final List<ResultWriter> writers;

    TaskResults(StoredExchange exchange, List<ResultWriter> writers) {
        this.exchange = exchange;
        this.writers = List.copyOf(writers);
    }

    /** Makes all results whole, or none of them. */
    List<StoredResult> finish() {
        List<StoredResult> whole = new ArrayList<>(writers.size());
        try {
            for (ResultWriter writer : writers) {
                whole.add(writer.finish());
            }
            return whole;
        } catch (Throwable e) {
            whole.forEach(result -> exchange.drop(result.id()));
            throw e;
        }
    }

    /** Drops what is not whole. Idempotent. */
    @Override
    public void close() {
        writers.forEach(ResultWriter::close);
    }
}
