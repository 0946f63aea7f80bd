package io.millrace.api.state;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Objects;

/**
 * The name, type and lifetime of a state. Two descriptors of one class and name mean the same
 * state. Travels with functions by Java serialization; confined to whoever holds it.
 *
 * @param <S> how the state is used
 * @param <T> what it holds
 */
public abstract class StateDescriptor<S extends State, T> implements Serializable {
    private static final long serialVersionUID = 2L;

    private static final int DEFAULT_BYTES = 64;

    protected final String name;

    /**
     * Null if there is none.
     *
     * @deprecated only values have one, and a function does better to handle null itself
     */
    @Deprecated protected transient T defaultValue;

    private final TypeInformation<T> type;

    /** The default value as bytes while it travels; else null. */
    private byte[] travellingDefault;

    /** Whether a serializer was given or {@link #initializeSerializerUnlessSet} called. */
    private boolean initialized;

    /** Null until it is first needed. */
    private transient TypeSerializer<T> serializer;

    private StateTtlConfig ttlConfig = StateTtlConfig.DISABLED;
    private String queryableStateName;

    /** The kinds of state. */
    public enum Type {
        /**
         * No state is of this kind.
         *
         * @deprecated every descriptor says its kind
         */
        @Deprecated
        UNKNOWN,
        VALUE,
        LIST,
        REDUCING,
        /** No state is of this kind: folding gave way to aggregating. */
        FOLDING,
        AGGREGATING,
        MAP
    }

    /**
     * @param defaultValue null for none
     */
    protected StateDescriptor(String name, TypeSerializer<T> serializer, T defaultValue) {
        this(name, SerializerType.of(serializer), defaultValue);
        this.initialized = true;
    }

    /**
     * @param defaultValue null for none
     */
    protected StateDescriptor(String name, TypeInformation<T> typeInfo, T defaultValue) {
        this.name = Objects.requireNonNull(name, "The name of a state is null.");
        this.type = Objects.requireNonNull(typeInfo, "The type of a state is null.");
        this.defaultValue = defaultValue;
    }

    /**
     * @param type its parameters, if it has some, are found from the values; {@code
     *     TypeInformation.of(new TypeHint<…>() {})} says them
     * @param defaultValue null for none
     */
    protected StateDescriptor(String name, Class<T> type, T defaultValue) {
        this(name, describe(type), defaultValue);
    }

    /** The description of a class; of one with unknown parameters, only that it is this class. */
    @SuppressWarnings("unchecked") // the description of a class describes its values
    static <T> TypeInformation<T> describe(Class<T> type) {
        Objects.requireNonNull(type, "The class of a state's values is null.");
        TypeInformation<?> found = TypeExtractor.createTypeInfo((java.lang.reflect.Type) type);
        return found == null ? new GenericTypeInfo<>(type) : (TypeInformation<T>) found;
    }

    /** Marks the serializers as known, for descriptors that were given those of their parts. */
    final void serializersAreGiven() {
        initialized = true;
    }

    public String getName() {
        return name;
    }

    /** The kind of state. */
    public abstract Type getType();

    /**
     * Asks a store for the state of this descriptor.
     *
     * @throws UnsupportedOperationException if no store has states of this kind
     */
    public S in(KeyedStateStore store) {
        throw new UnsupportedOperationException(
                "No store gives what "
                        + getClass().getName()
                        + " describes. Use one of the descriptors of "
                        + StateDescriptor.class.getPackageName()
                        + ".");
    }

    /** What the state holds; of a state that was given a serializer, a type that wraps it. */
    public TypeInformation<T> typeInformation() {
        return type;
    }

    /**
     * A copy; null if there is none.
     *
     * @throws IllegalStateException if there is one, and no serializer yet to copy it with
     */
    public T getDefaultValue() {
        return defaultValue == null ? null : getSerializer().copy(defaultValue);
    }

    /**
     * A serializer of what the state holds, for the caller alone.
     *
     * @throws IllegalStateException before {@link #initializeSerializerUnlessSet}, if the
     *     descriptor was given none
     */
    public TypeSerializer<T> getSerializer() {
        requireSerializers();
        if (serializer == null) {
            serializer = type.createSerializer(new SerializerSettings());
        }
        return serializer.duplicate();
    }

    final void requireSerializers() {
        if (!initialized) {
            throw new IllegalStateException(
                    "The serializer of state '"
                            + name
                            + "' is not known yet: it is made when a function asks for the state."
                            + " Call initializeSerializerUnlessSet() to have it before.");
        }
    }

    /** Whether the serializer is known, so that {@link #getSerializer} gives it. */
    public boolean isSerializerInitialized() {
        return initialized;
    }

    /** Makes the serializer of the type, unless the descriptor has one. */
    public void initializeSerializerUnlessSet(ExecutionConfig executionConfig) {
        if (!initialized) {
            serializer = type.createSerializer(executionConfig.getSerializerConfig());
            initialized = true;
        }
    }

    /**
     * Lets what has not been used for a time be forgotten.
     *
     * @throws IllegalArgumentException if the state has a name for queries
     */
    public void enableTimeToLive(StateTtlConfig ttlConfig) {
        Objects.requireNonNull(ttlConfig, "The lifetime of a state is null.");
        if (ttlConfig.isEnabled() && queryableStateName != null) {
            throw refusedTogether();
        }
        this.ttlConfig = ttlConfig;
    }

    /** {@link StateTtlConfig#DISABLED} if the state lives for ever. */
    public StateTtlConfig getTtlConfig() {
        return ttlConfig;
    }

    /**
     * Keeps the name, to be read back; it has no further effect: nothing answers queries of state
     * from outside of the job.
     *
     * @throws IllegalArgumentException if the state has a limited lifetime
     * @throws IllegalStateException if there is a name already
     * @deprecated send what is asked for to a sink
     */
    @Deprecated
    public void setQueryable(String queryableStateName) {
        if (ttlConfig.isEnabled()) {
            throw refusedTogether();
        }
        if (this.queryableStateName != null) {
            throw new IllegalStateException(
                    "State '"
                            + name
                            + "' has the name '"
                            + this.queryableStateName
                            + "' for queries already.");
        }
        this.queryableStateName =
                Objects.requireNonNull(queryableStateName, "The name for queries is null.");
    }

    private IllegalArgumentException refusedTogether() {
        return new IllegalArgumentException(
                "State '"
                        + name
                        + "' cannot have both a limited lifetime and a name for queries. Leave"
                        + " out setQueryable(), which has no effect here.");
    }

    /**
     * Null if there is none.
     *
     * @deprecated see {@link #setQueryable}
     */
    @Deprecated
    public String getQueryableStateName() {
        return queryableStateName;
    }

    /**
     * Whether {@link #setQueryable} was called.
     *
     * @deprecated see {@link #setQueryable}
     */
    @Deprecated
    public boolean isQueryable() {
        return queryableStateName != null;
    }

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
        return getClass().getSimpleName()
                + "{name="
                + name
                + ", type="
                + type
                + (defaultValue == null ? "" : ", defaultValue=" + defaultValue)
                + (ttlConfig.isEnabled() ? ", ttl=" + ttlConfig.getTimeToLive() : "")
                + "}";
    }

    /** The default value need not be {@code Serializable}: it goes as the state would hold it. */
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (defaultValue != null) {
            DataOutputSerializer bytes = new DataOutputSerializer(DEFAULT_BYTES);
            serializerOfDefault().serialize(defaultValue, bytes);
            travellingDefault = bytes.getCopyOfBuffer();
        }
        out.defaultWriteObject();
        travellingDefault = null;
    }

    /** Called by Java's deserialization. */
    protected Object readResolve() throws ObjectStreamException {
        if (travellingDefault != null) {
            try {
                defaultValue =
                        serializerOfDefault()
                                .deserialize(new DataInputDeserializer(travellingDefault));
            } catch (IOException e) {
                InvalidObjectException failed =
                        new InvalidObjectException(
                                "The default value of state '" + name + "' cannot be read.");
                failed.initCause(e);
                throw failed;
            }
            travellingDefault = null;
        }
        return this;
    }

    private TypeSerializer<T> serializerOfDefault() {
        return serializer != null ? serializer : type.createSerializer(new SerializerSettings());
    }
}
