package io.millrace.api.state;

import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.MapTypeInfo;
import io.millrace.api.type.TypeInformation;
import java.util.Map;

/** The name and types of a map. */
public class MapStateDescriptor<UK, UV> extends StateDescriptor<MapState<UK, UV>, Map<UK, UV>> {
    private static final long serialVersionUID = 2L;

    public MapStateDescriptor(
            String name, TypeSerializer<UK> keySerializer, TypeSerializer<UV> valueSerializer) {
        this(name, SerializerType.of(keySerializer), SerializerType.of(valueSerializer));
        serializersAreGiven();
    }

    public MapStateDescriptor(
            String name, TypeInformation<UK> keyTypeInfo, TypeInformation<UV> valueTypeInfo) {
        super(name, new MapTypeInfo<>(keyTypeInfo, valueTypeInfo), null);
    }

    public MapStateDescriptor(String name, Class<UK> keyClass, Class<UV> valueClass) {
        this(name, describe(keyClass), describe(valueClass));
    }

    public TypeInformation<UK> keyType() {
        return ((MapTypeInfo<UK, UV>) typeInformation()).getKeyTypeInfo();
    }

    public TypeInformation<UV> valueType() {
        return ((MapTypeInfo<UK, UV>) typeInformation()).getValueTypeInfo();
    }

    /**
     * A serializer of the map's keys, for the caller alone.
     *
     * @throws IllegalStateException as {@link #getSerializer}
     */
    public TypeSerializer<UK> getKeySerializer() {
        requireSerializers();
        return keyType().createSerializer(new SerializerSettings());
    }

    /**
     * A serializer of the map's values, for the caller alone.
     *
     * @throws IllegalStateException as {@link #getSerializer}
     */
    public TypeSerializer<UV> getValueSerializer() {
        requireSerializers();
        return valueType().createSerializer(new SerializerSettings());
    }

    @Override
    public Type getType() {
        return Type.MAP;
    }

    @Override
    public MapState<UK, UV> in(KeyedStateStore store) {
        return store.getMapState(this);
    }
}
