package io.millrace.runtime.state;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import java.util.function.Consumer;

/**
 * The keyed state of one operator in one subtask: tables that share a current key. Confined to its
 * task.
 *
 * <p>Values are handed over: who puts one does not change it afterwards, who gets one may change it
 * only to put it again before the task's next call. So a back end may keep objects or bytes.
 */
public interface KeyedBackend extends AutoCloseable {
    /**
     * All calls that follow are about this key.
     *
     * @param keyHash of {@code KeyGroups.hash}
     * @throws io.millrace.api.error.MillraceException {@code INTERNAL} if the key's group is not
     *     this subtask's
     */
    void setKey(Object key, int keyHash);

    /** There is no key until the next {@link #setKey}. */
    void forgetKey();

    /** Null before the first {@link #setKey}, and after {@link #forgetKey}. */
    Object key();

    int keyHash();

    /**
     * The table of a spec; made, or filled from the checkpoint, at the first call.
     *
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE}, naming operator,
     *     state, field and both types, if the checkpoint has a table of the name that the spec
     *     cannot read; {@code PROGRAM_INVALID} if the name is taken by a table of another shape
     */
    ValueTable values(TableSpec spec);

    ListTable lists(TableSpec spec);

    MapTable maps(TableSpec spec);

    /**
     * Shows every key that has something in a table, in no order; the visitor may use and change
     * the state of that key. The current key is what it was afterwards.
     *
     * @param namespace null for a table without
     */
    void forEachKey(String table, Object namespace, Consumer<Object> visitor);

    /** Entries of all tables, of values, lists and maps. */
    long entries();

    /**
     * Drops all that any key has. Where keys come one after another that is one key, and costs no
     * more than it has. Never between a freeze and its end; back ends that are not in memory are
     * not asked.
     */
    default void clear() {
        throw new UnsupportedOperationException("keys that come one after another are in memory");
    }

    /** Expects records of these keys soon: a hint to bring what they need into the cache. */
    default void expect(int[] keyHashes, int count) {}

    /**
     * Freezes all tables as they are now. Called in the turn at a barrier, takes microseconds.
     * Several may be open at a time.
     */
    FrozenState freeze(long checkpointId, CheckpointKind kind);

    /** The checkpoint is complete: later ones may refer to its files. */
    void onComplete(long checkpointId);

    /** The checkpoint will not be: nobody may refer to its files. */
    void onAborted(long checkpointId);

    @Override
    void close();
}
