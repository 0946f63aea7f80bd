package io.millrace.runtime.state.heap;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.KeyGroups;

/** The key that all tables of an operator are about now. Confined to the task. */
final class CurrentKey {
    private final String operator;
    private final int firstKeyGroup;
    private final int keyGroups;
    private final int maxParallelism;

    /** Null before the first one. */
    Object key;

    int keyHash;

    /** The mixed hash: its last bits are the key group, its first ones find the row. */
    int mixed;

    /** From 0 for the first one of the subtask. */
    int group;

    /** How many times the key was set; what was found for a key is valid in its turn. */
    long turn;

    private long turns; // so far: none comes twice

    CurrentKey(String operator, int firstKeyGroup, int keyGroups, int maxParallelism) {
        this.operator = operator;
        this.firstKeyGroup = firstKeyGroup;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
    }

    void set(Object newKey, int hash) {
        mixed = KeyGroups.murmur(hash);
        int newGroup = KeyGroups.groupOfMixed(mixed, maxParallelism) - firstKeyGroup;
        if (newGroup < 0 || newGroup >= keyGroups) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "operator "
                            + operator
                            + " has a key of key group "
                            + (newGroup + firstKeyGroup)
                            + ", its own are "
                            + firstKeyGroup
                            + " to "
                            + (firstKeyGroup + keyGroups - 1)
                            + " of "
                            + maxParallelism
                            + ". The key selector must give equal keys for equal records, in every"
                            + " process.");
        }
        key = newKey;
        keyHash = hash;
        group = newGroup;
        turn = ++turns;
    }

    void forget() {
        key = null;
        turn = ++turns;
    }

    /** What {@link #restore} goes back to. */
    record Saved(Object key, int keyHash, int mixed, int group, long turn) {}

    Saved save() {
        return new Saved(key, keyHash, mixed, group, turn);
    }

    /** What was found in that turn is valid again, but where another turn has used the table. */
    void restore(Saved saved) {
        key = saved.key;
        keyHash = saved.keyHash;
        mixed = saved.mixed;
        group = saved.group;
        turn = saved.turn;
    }

    MillraceException missing(String table) {
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "state '"
                        + table
                        + "' of operator "
                        + operator
                        + " was used where there is no current key, such as in open(): keyed state"
                        + " can be read and changed while a record or a timer is processed.");
    }
}
