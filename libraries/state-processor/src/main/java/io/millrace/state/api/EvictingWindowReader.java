package io.millrace.state.api;

import io.millrace.api.dataset.DataSet;
import io.millrace.api.dataset.DataSource;
import io.millrace.api.dataset.ExecutionEnvironment;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.state.api.function.WindowReaderFunction;
import java.io.IOException;

/**
 * Reads windows that have an evictor: all their records are kept, and folded as they are read.
 * Where the program is built; not thread-safe. Errors are those of {@link
 * EvictingWindowSavepointReader}.
 *
 * @param <W> windows
 * @deprecated {@link EvictingWindowSavepointReader} does it with streams
 */
@Deprecated
public class EvictingWindowReader<W extends Window> {
    private final ExecutionEnvironment env;
    private final EvictingWindowSavepointReader<W> onStreams;

    EvictingWindowReader(ExecutionEnvironment env, EvictingWindowSavepointReader<W> onStreams) {
        this.env = env;
        this.onStreams = onStreams;
    }

    /** The fold of each window's records. */
    public <T, K> DataSet<T> reduce(
            String uid,
            ReduceFunction<T> function,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType)
            throws IOException {
        return DataSource.of(env, onStreams.reduce(uid, function, keyType, reduceType));
    }

    /**
     * What a function makes of the fold of each window's records.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataSet<OUT> reduce(
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

    /**
     * The result of each window's records.
     *
     * @param inputType of the records
     */
    public <K, T, ACC, R> DataSet<R> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> inputType,
            TypeInformation<R> outputType)
            throws IOException {
        return DataSource.of(
                env, onStreams.aggregate(uid, aggregateFunction, keyType, inputType, outputType));
    }

    /**
     * What a function makes of the result of each window's records.
     *
     * @param inputType of the records
     * @param outputType null if it is to be found from the results
     */
    public <K, T, ACC, R, OUT> DataSet<OUT> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            WindowReaderFunction<R, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> inputType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return DataSource.of(
                env,
                onStreams.aggregate(
                        uid, aggregateFunction, readerFunction, keyType, inputType, outputType));
    }

    /**
     * What a function makes of each window's records.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataSet<OUT> process(
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
