package io.millrace.api.state;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The name and type of a value. */
public class ValueStateDescriptor<T> extends StateDescriptor<ValueState<T>, T> {
    private static final long serialVersionUID = 1L;

    public ValueStateDescriptor(String name, Class<T> typeClass) {
        super(name, typeClass, null);
    }

    public ValueStateDescriptor(String name, TypeInformation<T> typeInfo) {
        super(name, typeInfo, null);
    }

    public ValueStateDescriptor(String name, TypeSerializer<T> typeSerializer) {
        super(name, typeSerializer, null);
    }

    /**
     * @param defaultValue what a key without a value has; null for none
     * @deprecated handle the null of a key without a value
     */
    @Deprecated
    public ValueStateDescriptor(String name, Class<T> typeClass, T defaultValue) {
        super(name, typeClass, defaultValue);
    }

    /**
     * @param defaultValue what a key without a value has; null for none
     * @deprecated handle the null of a key without a value
     */
    @Deprecated
    public ValueStateDescriptor(String name, TypeInformation<T> typeInfo, T defaultValue) {
        super(name, typeInfo, defaultValue);
    }

    /**
     * @param defaultValue what a key without a value has; null for none
     * @deprecated handle the null of a key without a value
     */
    @Deprecated
    public ValueStateDescriptor(String name, TypeSerializer<T> typeSerializer, T defaultValue) {
        super(name, typeSerializer, defaultValue);
    }

    @Override
    public Type getType() {
        return Type.VALUE;
    }

    @Override
    public ValueState<T> in(KeyedStateStore store) {
        return store.getState(this);
    }
}
