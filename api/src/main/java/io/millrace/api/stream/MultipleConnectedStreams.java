package io.millrace.api.stream;

/** Makes operators of any number of streams part of a program. Not thread-safe. */
public class MultipleConnectedStreams {
    protected final StreamExecutionEnvironment environment;

    public MultipleConnectedStreams(StreamExecutionEnvironment env) {
        this.environment = env;
    }

    public StreamExecutionEnvironment getExecutionEnvironment() {
        return environment;
    }

    /** The stream that comes out of an operator, which has all its inputs already. */
    public <OUT> SingleOutputStreamOperator<OUT> transform(
            AbstractMultipleInputTransformation<OUT> transform) {
        return new SingleOutputStreamOperator<>(environment, transform);
    }
}
