package io.millrace.state.api;

import io.millrace.api.dataset.DataSource;
import io.millrace.api.dataset.ExecutionEnvironment;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import java.io.IOException;

/**
 * A savepoint, or a retained checkpoint, whose state is read as data sets, and of which a new
 * savepoint can be made. Where the program is built; not thread-safe. Errors are those of {@link
 * SavepointReader}.
 *
 * @deprecated {@link SavepointReader} and {@link SavepointWriter} do it with streams
 */
@Deprecated
public class ExistingSavepoint extends WritableSavepoint<ExistingSavepoint> {
    private final ExecutionEnvironment env;
    private final SavepointReader reader;

    ExistingSavepoint(ExecutionEnvironment env, SavepointReader reader, SavepointWriter writer) {
        super(writer);
        this.env = env;
        this.reader = reader;
    }

    /** What all subtasks have in a list. */
    public <T> DataSource<T> readListState(String uid, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return DataSource.of(env, reader.readListState(id(uid), name, typeInfo));
    }

    public <T> DataSource<T> readListState(
            String uid, String name, TypeInformation<T> typeInfo, TypeSerializer<T> serializer)
            throws IOException {
        return DataSource.of(env, reader.readListState(id(uid), name, typeInfo, serializer));
    }

    /** What each subtask would have of a list that is shown whole to all. */
    public <T> DataSource<T> readUnionState(String uid, String name, TypeInformation<T> typeInfo)
            throws IOException {
        return DataSource.of(env, reader.readUnionState(id(uid), name, typeInfo));
    }

    public <T> DataSource<T> readUnionState(
            String uid, String name, TypeInformation<T> typeInfo, TypeSerializer<T> serializer)
            throws IOException {
        return DataSource.of(env, reader.readUnionState(id(uid), name, typeInfo, serializer));
    }

    /** The entries of a broadcast state. */
    public <K, V> DataSource<Tuple2<K, V>> readBroadcastState(
            String uid,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo)
            throws IOException {
        return DataSource.of(
                env, reader.readBroadcastState(id(uid), name, keyTypeInfo, valueTypeInfo));
    }

    public <K, V> DataSource<Tuple2<K, V>> readBroadcastState(
            String uid,
            String name,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<V> valueTypeInfo,
            TypeSerializer<K> keySerializer,
            TypeSerializer<V> valueSerializer)
            throws IOException {
        return DataSource.of(
                env,
                reader.readBroadcastState(
                        id(uid), name, keyTypeInfo, valueTypeInfo, keySerializer, valueSerializer));
    }

    /** What a function makes of the states and timers of each key. */
    public <K, OUT> DataSource<OUT> readKeyedState(
            String uid, KeyedStateReaderFunction<K, OUT> function) throws IOException {
        return DataSource.of(env, reader.readKeyedState(id(uid), function));
    }

    /**
     * @param keyTypeInfo as in the job; null if it is to be found from the keys
     * @param outTypeInfo null if it is to be found from the results
     */
    public <K, OUT> DataSource<OUT> readKeyedState(
            String uid,
            KeyedStateReaderFunction<K, OUT> function,
            TypeInformation<K> keyTypeInfo,
            TypeInformation<OUT> outTypeInfo)
            throws IOException {
        return DataSource.of(
                env, reader.readKeyedState(id(uid), function, keyTypeInfo, outTypeInfo));
    }

    /**
     * Reads windows.
     *
     * @param assigner as in the job
     */
    public <W extends Window> WindowReader<W> window(WindowAssigner<?, W> assigner) {
        return new WindowReader<>(env, reader.window(assigner));
    }

    /**
     * Reads windows whose assigner is not at hand.
     *
     * @param windowSerializer of the assigner
     */
    public <W extends Window> WindowReader<W> window(TypeSerializer<W> windowSerializer) {
        return new WindowReader<>(env, reader.window(windowSerializer));
    }

    private static OperatorIdentifier id(String uid) {
        return OperatorIdentifier.forUid(uid);
    }
}
