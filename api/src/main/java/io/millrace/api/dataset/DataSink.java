package io.millrace.api.dataset;

import io.millrace.api.stream.DataStreamSink;

/**
 * Where a data set is written to when the program is executed. Not thread-safe.
 *
 * @param <T> records
 */
public class DataSink<T> {
    private final DataStreamSink<T> sink;

    DataSink(DataStreamSink<T> sink) {
        this.sink = sink;
    }

    public DataSink<T> name(String name) {
        sink.name(name);
        return this;
    }

    public DataSink<T> setParallelism(int parallelism) {
        sink.setParallelism(parallelism);
        return this;
    }
}
