package io.millrace.api.operator;

import java.io.Serializable;

/** The namespace of timers that need none. Immutable. */
public final class VoidNamespace implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final VoidNamespace INSTANCE = new VoidNamespace();

    private VoidNamespace() {}

    public static VoidNamespace get() {
        return INSTANCE;
    }

    private Object readResolve() {
        return INSTANCE;
    }

    @Override
    public int hashCode() {
        return 99;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoidNamespace;
    }

    @Override
    public String toString() {
        return "VoidNamespace";
    }
}
