package io.millrace.state.api;

import java.io.Serializable;
import java.util.Objects;

/** Which operator of a job is meant, by what the job's program calls it. Immutable. */
public final class OperatorIdentifier implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final boolean hash;

    private OperatorIdentifier(String id, boolean hash) {
        this.id = Objects.requireNonNull(id, hash ? "uid hash" : "uid");
        this.hash = hash;
    }

    /** As in {@code uid(…)}. */
    public static OperatorIdentifier forUid(String uid) {
        return new OperatorIdentifier(uid, false);
    }

    /** As in {@code setUidHash(…)}: 32 hexadecimal digits. */
    public static OperatorIdentifier forUidHash(String uidHash) {
        return new OperatorIdentifier(uidHash, true);
    }

    /** What the operator's state is found by in savepoints. */
    String id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperatorIdentifier that && id.equals(that.id) && hash == that.hash;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return (hash ? "uid hash '" : "uid '") + id + "'";
    }
}
