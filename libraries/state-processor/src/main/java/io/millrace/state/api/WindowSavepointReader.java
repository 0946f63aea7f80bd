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
 * Reads windows, by the function that the job had: reduce, aggregate, or one that is given all
 * records. Where the program is built; not thread-safe. All methods throw {@code PROGRAM_INVALID},
 * naming what there is, if there are no such windows.
 *
 * <p>Windows of one size, and sessions, that reduce or aggregate and have no trigger of their own
 * are read as they would fire: those that have fired already and wait for late records are not
 * shown.
 *
 * @param <W> windows
 */
public class WindowSavepointReader<W extends Window> {
    private final WindowSource<W> source;

    WindowSavepointReader(WindowSource<W> source) {
        this.source = source;
    }

    /** Reads windows that have an evictor, which keep all records. */
    public EvictingWindowSavepointReader<W> evictor() {
        return new EvictingWindowSavepointReader<>(source);
    }

    /** The record that each window has. */
    public <T, K> DataStream<T> reduce(
            String uid,
            ReduceFunction<T> function,
            TypeInformation<K> keyType,
            TypeInformation<T> reduceType)
            throws IOException {
        return reduce(uid, function, new EachElement<T, K, W>(), keyType, reduceType, reduceType);
    }

    /**
     * What a function makes of the record that each window has.
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
        return source.reduced(uid, function, readerFunction, keyType, reduceType, outputType);
    }

    /** The result of each window. */
    public <K, T, ACC, R> DataStream<R> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            TypeInformation<K> keyType,
            TypeInformation<ACC> accType,
            TypeInformation<R> outputType)
            throws IOException {
        return aggregate(
                uid, aggregateFunction, new EachElement<R, K, W>(), keyType, accType, outputType);
    }

    /**
     * What a function makes of the result of each window.
     *
     * @param outputType null if it is to be found from the results
     */
    public <K, T, ACC, R, OUT> DataStream<OUT> aggregate(
            String uid,
            AggregateFunction<T, ACC, R> aggregateFunction,
            WindowReaderFunction<R, OUT, K, W> readerFunction,
            TypeInformation<K> keyType,
            TypeInformation<ACC> accType,
            TypeInformation<OUT> outputType)
            throws IOException {
        return source.aggregated(
                uid, aggregateFunction, readerFunction, keyType, accType, outputType);
    }

    /**
     * What a function makes of the records of each window.
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
                uid, readerFunction, WindowElements.collected(stateType), keyType, outputType);
    }
}
