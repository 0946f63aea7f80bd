package io.millrace.api.state.v2;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The name and type of a value. */
public class ValueStateDescriptor<T> extends StateDescriptor<T> {
    private static final long serialVersionUID = 1L;

    public ValueStateDescriptor(String stateId, TypeInformation<T> typeInfo) {
        super(stateId, typeInfo);
    }

    public ValueStateDescriptor(String stateId, TypeSerializer<T> serializer) {
        super(stateId, serializer);
    }

    public ValueStateDescriptor(String stateId, Class<T> type) {
        super(stateId, type);
    }

    @Override
    public Type getType() {
        return Type.VALUE;
    }

    @Override
    public io.millrace.api.state.ValueStateDescriptor<T> synchronous() {
        return withLifetime(new io.millrace.api.state.ValueStateDescriptor<>(getStateId(), type()));
    }
}
