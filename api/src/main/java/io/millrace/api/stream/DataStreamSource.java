package io.millrace.api.stream;

import io.millrace.api.source.Source;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;

/** The stream that comes out of a source. Not thread-safe. */
public class DataStreamSource<T> extends SingleOutputStreamOperator<T> {
    private final boolean parallel;

    DataStreamSource(StreamExecutionEnvironment environment, Draft draft) {
        this(environment, draft, true);
    }

    /** The stream of a source that an operator is, or reads, as one. */
    public DataStreamSource(SingleOutputStreamOperator<T> operator) {
        this(operator.environment, operator.draft(), true);
    }

    /** The same as {@code fromSource} with the type. */
    public DataStreamSource(
            StreamExecutionEnvironment environment,
            Source<T, ?, ?> source,
            WatermarkStrategy<T> watermarkStrategy,
            TypeInformation<T> outTypeInfo,
            String sourceName) {
        this(environment.fromSource(source, watermarkStrategy, sourceName, outTypeInfo));
    }

    /**
     * @param parallel false for a source that has one subtask only
     */
    DataStreamSource(StreamExecutionEnvironment environment, Draft draft, boolean parallel) {
        super(environment, draft);
        this.parallel = parallel;
    }

    /**
     * @throws IllegalArgumentException if it is not 1 and the source is a function that is not
     *     parallel
     */
    @Override
    public DataStreamSource<T> setParallelism(int parallelism) {
        if (!parallel && parallelism != 1) {
            throw new IllegalArgumentException(
                    "A source function that is no ParallelSourceFunction has one subtask, not "
                            + parallelism
                            + ".");
        }
        super.setParallelism(parallelism);
        return this;
    }
}
