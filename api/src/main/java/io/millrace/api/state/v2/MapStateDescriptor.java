package io.millrace.api.state.v2;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;

/** The name and types of a map. */
public class MapStateDescriptor<UK, UV> extends StateDescriptor<UV> {
    private static final long serialVersionUID = 1L;

    /** Knows the type of the keys and its serializer. */
    private final io.millrace.api.state.ValueStateDescriptor<UK> keys;

    public MapStateDescriptor(
            String stateId,
            TypeInformation<UK> userKeyTypeInfo,
            TypeInformation<UV> userValueTypeInfo) {
        super(stateId, userValueTypeInfo);
        this.keys = new io.millrace.api.state.ValueStateDescriptor<>(stateId, userKeyTypeInfo);
    }

    public MapStateDescriptor(
            String stateId,
            TypeSerializer<UK> userKeySerializer,
            TypeSerializer<UV> userValueSerializer) {
        super(stateId, userValueSerializer);
        this.keys = new io.millrace.api.state.ValueStateDescriptor<>(stateId, userKeySerializer);
    }

    public MapStateDescriptor(String stateId, Class<UK> userKeyType, Class<UV> userValueType) {
        super(stateId, userValueType);
        this.keys = new io.millrace.api.state.ValueStateDescriptor<>(stateId, userKeyType);
    }

    /**
     * A serializer of the map's keys, for the caller alone.
     *
     * @throws IllegalStateException as {@link #getSerializer}
     */
    public TypeSerializer<UK> getUserKeySerializer() {
        return keys.getSerializer();
    }

    @Override
    public boolean isSerializerInitialized() {
        return super.isSerializerInitialized() && keys.isSerializerInitialized();
    }

    @Override
    public void initializeSerializerUnlessSet(ExecutionConfig executionConfig) {
        super.initializeSerializerUnlessSet(executionConfig);
        keys.initializeSerializerUnlessSet(executionConfig);
    }

    @Override
    public Type getType() {
        return Type.MAP;
    }

    @Override
    public io.millrace.api.state.MapStateDescriptor<UK, UV> synchronous() {
        return withLifetime(
                new io.millrace.api.state.MapStateDescriptor<>(
                        getStateId(), keys.typeInformation(), type()));
    }
}
