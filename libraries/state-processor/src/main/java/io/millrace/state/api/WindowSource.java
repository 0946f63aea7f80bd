package io.millrace.state.api;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.stream.WindowedStream;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.operator.window.SavedWindows;
import io.millrace.state.api.function.WindowReaderFunction;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.reader.FiredFormat;
import io.millrace.state.api.reader.FiredFunction;
import io.millrace.state.api.reader.WindowElements;
import io.millrace.state.api.reader.WindowFormat;
import io.millrace.state.api.saved.SavedOperator;
import io.millrace.state.api.saved.SavedState;

/**
 * Chooses how the windows of an operator are read, by how they lie in the savepoint. Immutable.
 *
 * @param assigner null if only the windows' serializer is known
 */
record WindowSource<W extends Window>(
        StreamExecutionEnvironment env,
        SavedState savepoint,
        String backend,
        WindowAssigner<?, W> assigner,
        TypeSerializer<W> windows) {

    <K, T, OUT> DataStream<OUT> reduced(
            String uid,
            ReduceFunction<T> function,
            WindowReaderFunction<T, OUT, K, W> reader,
            TypeInformation<K> keyType,
            TypeInformation<T> type,
            TypeInformation<OUT> outType) {
        SavedOperator operator = savepoint.operator(uid);
        if (operator.hasTable(SavedWindows.CONTENTS)) {
            return single(operator, reader, WindowElements.reduced(type), keyType, outType);
        }
        requireRows(operator);
        DataStream<T> input = Drawing.streamOf(type);
        WindowedStream<T, K, W> windowed = drawn(operator, input, keyType);
        SingleOutputStreamOperator<OUT> fired =
                windowed.reduce(
                        function, new FiredFunction<>(reader, assigner.isEventTime()), outType);
        return fired(uid, input, fired, outType);
    }

    <K, T, ACC, R, OUT> DataStream<OUT> aggregated(
            String uid,
            AggregateFunction<T, ACC, R> function,
            WindowReaderFunction<R, OUT, K, W> reader,
            TypeInformation<K> keyType,
            TypeInformation<ACC> type,
            TypeInformation<OUT> outType) {
        SavedOperator operator = savepoint.operator(uid);
        if (operator.hasTable(SavedWindows.CONTENTS)) {
            return single(
                    operator, reader, WindowElements.aggregated(function, type), keyType, outType);
        }
        requireRows(operator);
        DataStream<T> input = Drawing.streamOf(null);
        WindowedStream<T, K, W> windowed = drawn(operator, input, keyType);
        SingleOutputStreamOperator<OUT> fired =
                windowed.aggregate(
                        function,
                        new FiredFunction<>(reader, assigner.isEventTime()),
                        type,
                        null,
                        outType);
        return fired(uid, input, fired, outType);
    }

    /** Windows whose contents lie one by one. */
    <K, IN, OUT> DataStream<OUT> single(
            String uid,
            WindowReaderFunction<IN, OUT, K, W> reader,
            WindowElements<IN> elements,
            TypeInformation<K> keyType,
            TypeInformation<OUT> outType) {
        SavedOperator operator = savepoint.operator(uid);
        if (!operator.hasTable(SavedWindows.CONTENTS)) {
            throw operator.noSuchState(
                    SavedWindows.CONTENTS,
                    "windows whose records are kept (read what reduce or aggregate keeps with the"
                            + " method of that name, without evictor())");
        }
        return single(operator, reader, elements, keyType, outType);
    }

    private <K, IN, OUT> DataStream<OUT> single(
            SavedOperator operator,
            WindowReaderFunction<IN, OUT, K, W> reader,
            WindowElements<IN> elements,
            TypeInformation<K> keyType,
            TypeInformation<OUT> outType) {
        return env.createInput(
                new WindowFormat<>(
                        savepoint.path(),
                        operator.entry().id(),
                        reader,
                        windows,
                        elements,
                        keyType,
                        backend),
                outType);
    }

    private static void requireRows(SavedOperator operator) {
        if (!operator.hasRows()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "the windows of operator '"
                            + operator.entry().id()
                            + "' lie as files of RocksDB in the incremental checkpoint "
                            + operator.savepoint().path()
                            + ". Take a savepoint of the job and read that.");
        }
        boolean there =
                operator.parts(StatePart.Kind.KEYED).stream()
                        .anyMatch(each -> SavedWindows.isOfRows(each.part().name()));
        if (!there) {
            throw operator.noSuchState(SavedWindows.CONTENTS, "windows");
        }
    }

    @SuppressWarnings("unchecked") // the program knows what its assigner takes
    private <K, T> WindowedStream<T, K, W> drawn(
            SavedOperator operator, DataStream<T> input, TypeInformation<K> keyType) {
        if (assigner == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the windows of operator '"
                            + operator.entry().id()
                            + "' lie in rows that only the operator of their assigner reads. Give"
                            + " window() the assigner that the job had, not a serializer.");
        }
        return input.keyBy(record -> (K) null, keyType)
                .window((WindowAssigner<? super T, W>) assigner);
    }

    private <OUT> DataStream<OUT> fired(
            String uid,
            DataStream<?> input,
            SingleOutputStreamOperator<OUT> fired,
            TypeInformation<OUT> outType) {
        return env.createInput(
                new FiredFormat<OUT>(savepoint.path(), Blueprint.of(uid, input, fired), backend),
                outType);
    }
}
