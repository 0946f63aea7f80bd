package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.state.KeyedStateFunction;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.BackendName;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.KeyedBackends;
import io.millrace.runtime.state.user.NamespacedTables;
import io.millrace.runtime.state.user.UserStates;
import io.millrace.runtime.time.KeyedTimers;
import java.util.List;

/** The keys of one operator: which one is current, and what they keep. Confined to the task. */
/* Most functions on keyed streams have no state, and pay for none: the back end is made when the first
 * state is asked for, or if the checkpoint has some. Until then a record is only remembered.
 */
public final class KeyedScope {
    private static final String TIMERS = "timers";

    private final OperatorContext context;
    private final JobSerializers serializers;
    private final Keying keying;
    private final Serializer<Object> keySerializer;
    private final KeyedBackendProvider provider;
    private final UserStates states;
    private final TimersOfKeys timers;
    private KeyedBackend backend; // null until it is needed
    private boolean standsAlone; // a checkpoint was wanted that refers to no file of others

    // The current key, for a back end that is made later. Either the key, or the record that has
    // it.
    private Object key;
    private Object record;
    private int input;
    private int keyHash;
    private boolean hashed;

    KeyedScope(OperatorContext context, JobSerializers serializers, Keying keying) {
        this.context = context;
        this.serializers = serializers;
        this.keying = keying;
        this.keySerializer = serializers.of(keying.type());
        this.timers =
                new TimersOfKeys(
                        context,
                        serializers,
                        keySerializer,
                        restored(StatePart.Kind.TIMERS),
                        firstKeyGroup(),
                        lastKeyGroup());
        // One key is little enough for memory.
        this.provider =
                KeyedBackends.named(
                        context.keysComeOnce()
                                ? BackendName.IN_MEMORY
                                : BackendName.of(context.config()));
        this.states =
                new UserStates(
                        context.name(),
                        provider.name(),
                        this::backend,
                        serializers,
                        context.clockMs());
    }

    /** What functions are given. */
    UserStates states() {
        return states;
    }

    /**
     * States that belong to a namespace of the key, such as a window.
     *
     * @param tables of {@link #tablesBy}
     */
    public UserStates statesIn(NamespacedTables tables) {
        return new UserStates(
                context.name(), provider.name(), serializers, context.clockMs(), tables);
    }

    /**
     * @param prefix of the names of states, so that they differ from those without a namespace
     */
    public NamespacedTables tablesBy(String prefix, Serializer<Object> namespaces) {
        return new NamespacedTables(this::backend, prefix, namespaces);
    }

    /** Serializers of the program. */
    public JobSerializers serializers() {
        return serializers;
    }

    /** Of the keys. */
    Serializer<Object> keySerializer() {
        return keySerializer;
    }

    /** The timers of an operator of the engine; to be called once. */
    KeyedTimers timers(KeyedTimers.Target target) {
        return timers(target, TIMERS, null);
    }

    /**
     * @param name unique among the operator's timers
     * @param namespaces null if the timers have none
     */
    public KeyedTimers timers(
            KeyedTimers.Target target, String name, Serializer<Object> namespaces) {
        return timers.add(
                target,
                name,
                namespaces,
                !standsAlone && CheckpointSettings.from(context.config()).incremental());
    }

    private List<RestoredPart> restored(StatePart.Kind kind) {
        return context.restored().stream().filter(part -> part.part().kind() == kind).toList();
    }

    private int firstKeyGroup() {
        return context.scope().vertex().firstKeyGroup(context.subtask());
    }

    private int lastKeyGroup() {
        return context.scope().vertex().lastKeyGroup(context.subtask());
    }

    /** Of namespaces whose type is found from them. */
    Serializer<Object> anySerializer() {
        return serializers.of(null);
    }

    /** The current key; a key selector may run for it. */
    public Object key() {
        return currentKey();
    }

    /** Of the current key. */
    public int keyHash() {
        if (!hashed) {
            keyHash = KeyGroups.hash(currentKey());
            hashed = true;
        }
        return keyHash;
    }

    /** Of a key that is probably the current one. */
    int hashOf(Object probable) {
        return hashed && probable == key ? keyHash : KeyGroups.hash(probable);
    }

    /** Called before the operator opens its functions. */
    void open() {
        timers.open();
        if (!restored(StatePart.Kind.KEYED).isEmpty()) {
            backend();
        }
    }

    /** Made at the first call; to be called from {@code open} on. */
    public KeyedBackend backend() {
        if (backend == null) {
            backend = make();
            if (key != null || record != null) {
                if (!hashed) {
                    keyHash = KeyGroups.hash(currentKey());
                }
                backend.setKey(currentKey(), keyHash);
            }
        }
        return backend;
    }

    private Object currentKey() {
        if (key == null) {
            key = keyOf(record, input);
        }
        return key;
    }

    private KeyedBackend make() {
        try {
            return provider.create(request(restored(StatePart.Kind.KEYED)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "the state of operator '" + context.name() + "' cannot be opened: " + e,
                    e);
        }
    }

    private KeyedBackendRequest request(List<RestoredPart> restored) {
        return new KeyedBackendRequest(
                context.name(),
                keySerializer,
                firstKeyGroup(),
                lastKeyGroup(),
                context.scope().vertex().maxParallelism(),
                context.config(),
                context.spillDirectory().resolve("state-" + context.operatorIndex()),
                serializers,
                restored,
                context.segments());
    }

    /**
     * @param newHash of {@code KeyGroups.hash}
     */
    public void setKey(Object newKey, int newHash) {
        key = newKey;
        record = null;
        keyHash = newHash;
        hashed = true;
        if (backend != null) {
            backend.setKey(newKey, newHash);
        }
    }

    /** The same where the hash is not known. */
    public void setKey(Object newKey) {
        if (backend != null) {
            setKey(newKey, KeyGroups.hash(newKey));
            return;
        }
        key = newKey;
        record = null;
        hashed = false;
    }

    /** The key of a record of an input is the current one. */
    void onRecord(int newInput, Object newRecord, int newHash) {
        if (keying.selectors().get(newInput) == null) {
            forgetKey();
            return;
        }
        if (backend != null) {
            setKey(keyOf(newRecord, newInput), newHash);
            return;
        }
        key = null;
        record = newRecord;
        input = newInput;
        keyHash = newHash;
        hashed = true;
    }

    void onRecord(int newInput, Object newRecord) {
        if (keying.selectors().get(newInput) == null) {
            forgetKey();
            return;
        }
        if (backend != null) {
            setKey(keyOf(newRecord, newInput));
            return;
        }
        key = null;
        record = newRecord;
        input = newInput;
        hashed = false;
    }

    @SuppressWarnings("unchecked") // the selector takes the input's records
    private Object keyOf(Object ofRecord, int inputNumber) {
        KeySelector<Object, ?> selector =
                (KeySelector<Object, ?>) keying.selectors().get(inputNumber);
        try {
            return selector.getKey(ofRecord);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** What comes now belongs to no key. */
    void forgetKey() {
        key = null;
        record = null;
        if (backend != null) {
            backend.forgetKey();
        }
    }

    /** A hint: these keys come soon. */
    public void expect(int[] keyHashes, int count) {
        if (backend != null) {
            backend.expect(keyHashes, count);
        }
    }

    /** Calls a function for each key that has something in a state. */
    <S extends State> void forEachKey(
            StateDescriptor<S, ?> descriptor, KeyedStateFunction<Object, S> function) {
        S state = descriptor.in(states);
        backend()
                .forEachKey(
                        descriptor.getName(),
                        null,
                        each -> {
                            try {
                                function.process(each, state);
                            } catch (Throwable e) {
                                throw UserCodeException.of(context.name(), e);
                            }
                        });
    }

    /** At a barrier. */
    void snapshot(SnapshotTurn turn) {
        if (backend != null) {
            turn.addLater(backend.freeze(turn.checkpointId(), turn.kind()));
        }
        timers.snapshot(turn);
        standsAlone |= turn.kind() == CheckpointKind.FULL;
    }

    void checkpointEnded(long checkpointId, boolean complete) {
        timers.checkpointEnded(checkpointId, complete);
        if (backend == null) {
            return;
        }
        if (complete) {
            backend.onComplete(checkpointId);
        } else {
            backend.onAborted(checkpointId);
        }
    }

    /** All keys forget what they have; there is one where they come one after another. */
    void clear() {
        if (backend != null) {
            backend.clear();
        }
    }

    /** Keys of all tables that have something. */
    long entries() {
        return backend == null ? 0 : backend.entries();
    }

    void close() {
        if (backend != null) {
            backend.close();
        }
    }
}
