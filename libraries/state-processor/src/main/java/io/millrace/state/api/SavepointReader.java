package io.millrace.state.api;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.state.BackendName;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.reader.KeyedFormat;
import io.millrace.state.api.reader.UnkeyedFormat;
import io.millrace.state.api.saved.SavedState;
import java.io.IOException;
import java.util.Objects;

/**
 * The state of a savepoint, or of a retained checkpoint, as bounded streams. Savepoints of tables
 * are read as well. Where the program is built; not thread-safe.
 *
 * <p>All methods that read throw {@code PROGRAM_INVALID}, naming what there is, if the savepoint
 * has no such operator, or the operator no such state without keys; states of keys are looked for
 * where the function asks for them.
 */
public class SavepointReader {
    private final StreamExecutionEnvironment env;
    private final SavedState savepoint;
    private final String backend;

    private SavepointReader(StreamExecutionEnvironment env, SavedState savepoint, String backend) {
        this.env = env;
        this.savepoint = savepoint;
        this.backend = backend;
    }

    /**
     * Reads with the state back end of the environment.
     *
     * @param path of a savepoint, of a retained checkpoint, or of a job's directory of checkpoints
     *     for its newest
     */
    public static SavepointReader read(StreamExecutionEnvironment env, String path)
            throws IOException {
        return new SavepointReader(
                env, SavedState.open(path), BackendName.of(BackEnd.configOf(env)));
    }

    /**
     * @param stateBackend where a range of keys is while it is read. What lies as files of RocksDB
     *     is read by RocksDB in any case
     */
    public static SavepointReader read(
            StreamExecutionEnvironment env, String path, StateBackend stateBackend)
            throws IOException {
        return new SavepointReader(env, SavedState.open(path), BackEnd.nameOf(stateBackend));
    }

    /** The elements of a list that is dealt out, of all subtasks. */
    public <T> DataStream<T> readListState(
            OperatorIdentifier identifier, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return list(identifier, new ListStateDescriptor<>(name, typeInfo), typeInfo);
    }

    /**
     * @param serializer what the list was written with
     */
    public <T> DataStream<T> readListState(
            OperatorIdentifier identifier,
            String name,
            TypeInformation<T> typeInfo,
            TypeSerializer<T> serializer)
            throws IOException {
        return list(identifier, new ListStateDescriptor<>(name, serializer), typeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <T> DataStream<T> readListState(String uid, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return readListState(OperatorIdentifier.forUid(uid), name, typeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <T> DataStream<T> readListState(
            String uid, String name, TypeInformation<T> typeInfo, TypeSerializer<T> serializer)
            throws IOException {
        return readListState(OperatorIdentifier.forUid(uid), name, typeInfo, serializer);
    }

    private <T> DataStream<T> list(
            OperatorIdentifier identifier,
            ListStateDescriptor<T> descriptor,
            TypeInformation<T> type) {
        return checked(UnkeyedFormat.list(savepoint.path(), idOf(identifier), descriptor), type);
    }

    /** The elements of a list that every subtask gets whole, each once. */
    public <T> DataStream<T> readUnionState(
            OperatorIdentifier identifier, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return union(identifier, new ListStateDescriptor<>(name, typeInfo), typeInfo);
    }

    /**
     * @param serializer what the list was written with
     */
    public <T> DataStream<T> readUnionState(
            OperatorIdentifier identifier,
            String name,
            TypeInformation<T> typeInfo,
            TypeSerializer<T> serializer)
            throws IOException {
        return union(identifier, new ListStateDescriptor<>(name, serializer), typeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <T> DataStream<T> readUnionState(String uid, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return readUnionState(OperatorIdentifier.forUid(uid), name, typeInfo);
    }

    /** By a uid. */
    public <T> DataStream<T> readUnionState(
            String uid, String name, TypeInformation<T> typeInfo, TypeSerializer<T> serializer)
            throws IOException {
        return readUnionState(OperatorIdentifier.forUid(uid), name, typeInfo, serializer);
    }

    private <T> DataStream<T> union(
            OperatorIdentifier identifier,
            ListStateDescriptor<T> descriptor,
            TypeInformation<T> type) {
        return checked(UnkeyedFormat.union(savepoint.path(), idOf(identifier), descriptor), type);
    }

    /** The entries of broadcast state, each once. */
    public <K, V> DataStream<Tuple2<K, V>> readBroadcastState(
            OperatorIdentifier identifier,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo)
            throws IOException {
        return broadcast(
                identifier,
                new MapStateDescriptor<>(name, keyTypeInfo, valueTypeInfo),
                keyTypeInfo,
                valueTypeInfo);
    }

    /**
     * @param keySerializer what keys were written with
     * @param valueSerializer what values were written with
     */
    public <K, V> DataStream<Tuple2<K, V>> readBroadcastState(
            OperatorIdentifier identifier,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo,
            TypeSerializer<K> keySerializer,
            TypeSerializer<V> valueSerializer)
            throws IOException {
        return broadcast(
                identifier,
                new MapStateDescriptor<>(name, keySerializer, valueSerializer),
                keyTypeInfo,
                valueTypeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <K, V> DataStream<Tuple2<K, V>> readBroadcastState(
            String uid,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo)
            throws IOException {
        return readBroadcastState(OperatorIdentifier.forUid(uid), name, keyTypeInfo, valueTypeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <K, V> DataStream<Tuple2<K, V>> readBroadcastState(
            String uid,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo,
            TypeSerializer<K> keySerializer,
            TypeSerializer<V> valueSerializer)
            throws IOException {
        return readBroadcastState(
                OperatorIdentifier.forUid(uid),
                name,
                keyTypeInfo,
                valueTypeInfo,
                keySerializer,
                valueSerializer);
    }

    private <K, V> DataStream<Tuple2<K, V>> broadcast(
            OperatorIdentifier identifier,
            MapStateDescriptor<K, V> descriptor,
            TypeInformation<K> keys,
            TypeInformation<V> values) {
        return checked(
                UnkeyedFormat.broadcast(savepoint.path(), idOf(identifier), descriptor),
                Types.TUPLE(keys, values));
    }

    private <T> DataStream<T> checked(UnkeyedFormat<T> format, TypeInformation<T> type) {
        format.check();
        return env.createInput(format, type);
    }

    /**
     * What a function makes of the state of each key. The types of keys and results are found from
     * the function's class.
     */
    public <K, OUT> DataStream<OUT> readKeyedState(
            OperatorIdentifier identifier, KeyedStateReaderFunction<K, OUT> function)
            throws IOException {
        return readKeyedState(identifier, function, parameter(function, 0), parameter(function, 1));
    }

    private static <T> TypeInformation<T> parameter(
            KeyedStateReaderFunction<?, ?> function, int number) {
        return TypeExtractor.createTypeInfo(
                function, KeyedStateReaderFunction.class, function.getClass(), number);
    }

    /**
     * @param keyTypeInfo as in the job; null if it is to be found from the keys
     * @param outTypeInfo null if it is to be found from the results
     */
    public <K, OUT> DataStream<OUT> readKeyedState(
            OperatorIdentifier identifier,
            KeyedStateReaderFunction<K, OUT> function,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<OUT> outTypeInfo)
            throws IOException {
        Objects.requireNonNull(function, "function");
        return env.createInput(
                new KeyedFormat<>(
                        savepoint.path(), idOf(identifier), function, keyTypeInfo, backend),
                outTypeInfo);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <K, OUT> DataStream<OUT> readKeyedState(
            String uid, KeyedStateReaderFunction<K, OUT> function) throws IOException {
        return readKeyedState(OperatorIdentifier.forUid(uid), function);
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <K, OUT> DataStream<OUT> readKeyedState(
            String uid,
            KeyedStateReaderFunction<K, OUT> function,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<OUT> outTypeInfo)
            throws IOException {
        return readKeyedState(OperatorIdentifier.forUid(uid), function, keyTypeInfo, outTypeInfo);
    }

    /**
     * Reads windows.
     *
     * @param assigner as in the job
     */
    public <W extends Window> WindowSavepointReader<W> window(WindowAssigner<?, W> assigner) {
        return new WindowSavepointReader<>(
                new WindowSource<>(
                        env,
                        savepoint,
                        backend,
                        assigner,
                        assigner.getWindowSerializer(env.getConfig())));
    }

    /**
     * Reads windows whose assigner is not at hand.
     *
     * @param windowSerializer of the assigner
     */
    public <W extends Window> WindowSavepointReader<W> window(TypeSerializer<W> windowSerializer) {
        return new WindowSavepointReader<>(
                new WindowSource<>(env, savepoint, backend, null, windowSerializer));
    }

    /** The id, if there is such an operator. */
    private String idOf(OperatorIdentifier identifier) {
        return savepoint.operator(identifier.id()).entry().id();
    }
}
