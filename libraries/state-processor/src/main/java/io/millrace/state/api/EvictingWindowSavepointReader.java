package io.millrace.state.api;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.state.api.function.WindowReaderFunction;
import io.millrace.state.api.reader.EachElement;
import io.millrace.state.api.reader.WindowElements;
import java.io.IOException;

/**
 * Reads windows that have an evictor: all their records are kept, and folded as they are read.
 * Where the program is built; not thread-safe. All methods throw {@code PROGRAM_INVALID}, naming
 * what there is, if there are no such windows.
 *
 * @param <W> windows
 */
public class EvictingWindowSavepointReader<W extends Window> {
    private final WindowSource<W> source;

    EvictingWindowSavepointReader(WindowSource<W> source) {
        this.source = source;
    }

    /** The fold of each window's records. */
    public <T, K> DataStream<T> reduce(
            String uid,
            ReduceFunction<T> function,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType)
            throws IOException {
        return reduce(uid, function, new EachElement<T, K, W>(), keyType, reduceType, reduceType);
    }

    /**
     * What a function makes of the fold of each window's records.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataStream<OUT> reduce(
            String uid,
            ReduceFunction<T> function,
            WindowReaderFunction<T, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return source.single(
                uid,
                readerFunction,
                WindowElements.stampedAndReduced(function, reduceType),
                keyType,
                outputType);
    }

    /**
     * The result of each window's records.
     *
     * @param inputType of the records
     */
    public <K, T, ACC, R> DataStream<R> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> inputType,
            TypeInformation<R> outputType)
            throws IOException {
        return aggregate(
                uid, aggregateFunction, new EachElement<R, K, W>(), keyType, inputType, outputType);
    }

    /**
     * What a function makes of the result of each window's records.
     *
     * @param inputType of the records
     * @param outputType null if it is to be found from the results
     */
    public <K, T, ACC, R, OUT> DataStream<OUT> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            WindowReaderFunction<R, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> inputType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return source.single(
                uid,
                readerFunction,
                WindowElements.stampedAndAggregated(aggregateFunction, inputType),
                keyType,
                outputType);
    }

    /**
     * What a function makes of each window's records.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, OUT> DataStream<OUT> process(
            String uid,
            WindowReaderFunction<T, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<T> stateType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return source.single(
                uid, readerFunction, WindowElements.stamped(stateType), keyType, outputType);
    }
}
