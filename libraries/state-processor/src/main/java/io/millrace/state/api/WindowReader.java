package io.millrace.state.api;

import io.millrace.api.dataset.DataSource;
import io.millrace.api.dataset.ExecutionEnvironment;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.state.api.function.WindowReaderFunction;
import java.io.IOException;

/**
 * Reads windows as a data set, by the function that the job had: reduce, aggregate, or one that is
 * given all records. Where the program is built; not thread-safe. Errors are those of {@link
 * WindowSavepointReader}.
 *
 * @param <W> windows
 * @deprecated {@link WindowSavepointReader} does it with streams
 */
@Deprecated
public class WindowReader<W extends Window> {
    private final ExecutionEnvironment env;
    private final WindowSavepointReader<W> onStreams;

    WindowReader(ExecutionEnvironment env, WindowSavepointReader<W> onStreams) {
        this.env = env;
        this.onStreams = onStreams;
    }

    /** Reads windows that have an evictor, which keep all records. */
    public EvictingWindowReader<W> evictor() {
        return new EvictingWindowReader<>(env, onStreams.evictor());
    }

    /** The record that each window has. */
    public <T, K> DataSource<T> reduce(
            String uid,
            ReduceFunction<T> function,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType)
            throws IOException {
        return DataSource.of(env, onStreams.reduce(uid, function, keyType, reduceType));
    }

    /**
     * What a function makes of the record that each window has.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataSource<OUT> reduce(
            String uid,
            ReduceFunction<T> function,
            WindowReaderFunction<T, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return DataSource.of(
                env,
                onStreams.reduce(uid, function, readerFunction, keyType, reduceType, outputType));
    }

    /** The result of each window. */
    public <K, T, ACC, R> DataSource<R> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            TypeInformation<K> keyType,
            TypeInformation<ACC> accType,
            TypeInformation<R> outputType)
            throws IOException {
        return DataSource.of(
                env, onStreams.aggregate(uid, aggregateFunction, keyType, accType, outputType));
    }

    /**
     * What a function makes of the result of each window.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, ACC, R, OUT> DataSource<OUT> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            WindowReaderFunction<R, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<ACC> accType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return DataSource.of(
                env,
                onStreams.aggregate(
                        uid, aggregateFunction, readerFunction, keyType, accType, outputType));
    }

    /**
     * What a function makes of the records of each window.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataSource<OUT> process(
            String uid,
            WindowReaderFunction<T, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> stateType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return DataSource.of(
                env, onStreams.process(uid, readerFunction, keyType, stateType, outputType));
    }
}
