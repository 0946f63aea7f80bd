package io.millrace.api.state.v2;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/**
 * The name, type and lifetime of a state with futures. Two descriptors of one class and name mean
 * the same state. Travels with functions by Java serialization; confined to whoever holds it.
 *
 * @param <T> what the state holds: a value, an element, a map's value, an accumulator
 */
public abstract class StateDescriptor<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of the same name; knows type, serializer and lifetime. */
    private final io.millrace.api.state.ValueStateDescriptor<T> values;

    /** The kinds of state. */
    public enum Type {
        VALUE,
        LIST,
        REDUCING,
        AGGREGATING,
        MAP
    }

    protected StateDescriptor(String stateId, TypeInformation<T> typeInfo) {
        this.values = new io.millrace.api.state.ValueStateDescriptor<>(stateId, typeInfo);
    }

    protected StateDescriptor(String stateId, TypeSerializer<T> serializer) {
        this.values = new io.millrace.api.state.ValueStateDescriptor<>(stateId, serializer);
    }

    protected StateDescriptor(String stateId, Class<T> type) {
        this.values = new io.millrace.api.state.ValueStateDescriptor<>(stateId, type);
    }

    /** The name. */
    public String getStateId() {
        return values.getName();
    }

    /** The kind of state. */
    public abstract Type getType();

    /** The same state without futures. */
    public abstract io.millrace.api.state.StateDescriptor<?, ?> synchronous();

    TypeInformation<T> type() {
        return values.typeInformation();
    }

    <D extends io.millrace.api.state.StateDescriptor<?, ?>> D withLifetime(D descriptor) {
        descriptor.enableTimeToLive(getTtlConfig());
        return descriptor;
    }

    /** Lets what has not been used for a time be forgotten. */
    public void enableTimeToLive(StateTtlConfig ttlConfig) {
        values.enableTimeToLive(ttlConfig);
    }

    /** {@link StateTtlConfig#DISABLED} if the state lives for ever. */
    public StateTtlConfig getTtlConfig() {
        return values.getTtlConfig();
    }

    /**
     * A serializer of what the state holds, for the caller alone.
     *
     * @throws IllegalStateException before {@link #initializeSerializerUnlessSet}, if the
     *     descriptor was given none
     */
    public TypeSerializer<T> getSerializer() {
        return values.getSerializer();
    }

    /** Whether the serializer is known, so that {@link #getSerializer} gives it. */
    public boolean isSerializerInitialized() {
        return values.isSerializerInitialized();
    }

    /** Makes the serializer of the type, unless the descriptor has one. */
    public void initializeSerializerUnlessSet(ExecutionConfig executionConfig) {
        values.initializeSerializerUnlessSet(executionConfig);
    }

    @Override
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && getStateId().equals(((StateDescriptor<?>) other).getStateId());
    }

    @Override
    public final int hashCode() {
        return 31 * getStateId().hashCode() + getClass().getName().hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "{stateId=" + getStateId() + ", type=" + type() + "}";
    }
}
