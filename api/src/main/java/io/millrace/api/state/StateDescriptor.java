package io.millrace.api.state;

import java.io.Serializable;
import java.util.Objects;

/**
 * The name and shape of a state. Two descriptors of one class and name mean the same state.
 *
 * @param <S> how the state is used
 * @param <T> what it holds
 */
public abstract class StateDescriptor<S extends State, T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** The kinds of state. */
    public enum Type {
        VALUE,
        LIST,
        REDUCING,
        AGGREGATING,
        MAP
    }

    StateDescriptor(String name) {
        this.name = Objects.requireNonNull(name, "The name of a state is null.");
    }

    public String getName() {
        return name;
    }

    public abstract Type getType();

    @Override
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && name.equals(((StateDescriptor<?, ?>) other).name);
    }

    @Override
    public final int hashCode() {
        return 31 * name.hashCode() + getClass().getName().hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "{name=" + name + "}";
    }
}
