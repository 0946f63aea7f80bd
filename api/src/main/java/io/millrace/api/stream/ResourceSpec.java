package io.millrace.api.stream;

import java.io.Serializable;

/**
 * What one subtask of an operator needs. Always {@link #UNKNOWN}: the slots of a job are of one
 * size, and what a program may say about resources it says of a {@link SlotSharingGroup}.
 * Immutable.
 */
public final class ResourceSpec implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is said about the needs. */
    public static final ResourceSpec UNKNOWN = new ResourceSpec();

    /** The needs where a program says nothing; the same as {@link #UNKNOWN}. */
    public static final ResourceSpec DEFAULT = UNKNOWN;

    private ResourceSpec() {}

    private Object readResolve() {
        return UNKNOWN;
    }

    @Override
    public String toString() {
        return "ResourceSpec{UNKNOWN}";
    }
}
