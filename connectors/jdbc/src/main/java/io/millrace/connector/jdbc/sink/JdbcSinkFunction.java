package io.millrace.connector.jdbc.sink;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkOfFunction;

/** A JDBC sink for {@code addSink}. Immutable. */
@SuppressWarnings("deprecation")
final class JdbcSinkFunction<IN> extends SinkOfFunction<IN> {
    private static final long serialVersionUID = 1L;

    private final JdbcSink<IN> sink;

    JdbcSinkFunction(JdbcSink<IN> sink) {
        this.sink = sink;
    }

    @Override
    public Sink<IN> sink() {
        return sink;
    }
}
