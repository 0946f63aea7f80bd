package io.millrace.api.stream;

/** The stream that comes out of a source. Not thread-safe. */
public class DataStreamSource<T> extends SingleOutputStreamOperator<T> {
    DataStreamSource(StreamExecutionEnvironment environment, Draft draft) {
        super(environment, draft);
    }

    @Override
    public DataStreamSource<T> setParallelism(int parallelism) {
        super.setParallelism(parallelism);
        return this;
    }
}
